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
    if (kind.severity() == Diagnostic.Severity.ERROR) {
      errors++;
    }
    if (isFull()) {
      omitted++;
      return;
    }
    kept.add(
        new Diagnostic(
            kind,
            source.position(offset),
            Source.visible(message),
            source.excerpt(offset),
            notes.stream().map(Source::visible).toList()));
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
