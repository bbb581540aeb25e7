package io.lockstep.scenario.diagnostic;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the errors and warnings of one file. Not safe for threads. */
public final class Diagnostics {
  /** So many are kept, further ones are counted. */
  public static final int MAX_KEPT = 500;

  private final Source source;
  private final Set<Diagnostic> kept = new LinkedHashSet<>();
  private int omitted;
  private int errors;

  public Diagnostics(final Source source) {
    this.source = source;
  }

  public Source source() {
    return source;
  }

  /** Adds one about the place at an offset, unless the same was said of this place before. */
  public void add(
      final Diagnostic.Kind kind,
      final int offset,
      final String message,
      final List<String> notes) {
    if (isFull()) {
      count(kind);
      omitted++;
      return;
    }
    add(Diagnostic.of(kind, source.position(offset), message, source, offset, notes));
  }

  /** Adds one about this file or another that belongs to it. */
  public void add(final Diagnostic diagnostic) {
    count(diagnostic.kind());
    if (isFull()) {
      omitted++;
      return;
    }
    kept.add(diagnostic);
  }

  private void count(final Diagnostic.Kind kind) {
    if (kind.severity() == Diagnostic.Severity.ERROR) {
      errors++;
    }
  }

  /** Whether further ones are only counted, so that no effort for their words is worth it. */
  public boolean isFull() {
    return kept.size() >= MAX_KEPT;
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  /** All that were kept, in the order of their places. */
  public List<Diagnostic> sorted() {
    return kept.stream().sorted(Comparator.comparing(Diagnostic::position)).toList();
  }

  /** How many were not kept. */
  public int omitted() {
    return omitted;
  }
}
