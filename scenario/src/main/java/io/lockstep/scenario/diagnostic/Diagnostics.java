package io.lockstep.scenario.diagnostic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the errors and warnings of one scenario: of its file, and of the other sources that have
 * a part in it. An offset is a place in one of them. Not safe for threads.
 */
public final class Diagnostics {
  /** So many are kept, further ones are counted. */
  public static final int MAX_KEPT = 500;

  private final Sources sources = new Sources();
  private final Map<Diagnostic, Integer> offsetByDiagnostic = new LinkedHashMap<>();
  private int omitted;
  private int errors;
  private boolean waiting;

  public Diagnostics(final Source source) {
    sources.add(source);
  }

  /** The source that was there first: the file that was named. */
  public Source source() {
    return sources.first();
  }

  /** Adds a source; returns what has to be added to an offset in it to make it one here. */
  public int addSource(final Source source) {
    return sources.add(source);
  }

  /** The source that an offset is in. */
  public Source sourceAt(final int offset) {
    return sources.at(offset);
  }

  /** Where in its source an offset is. */
  public int within(final int offset) {
    return sources.within(offset);
  }

  /** Source, line and column of an offset. */
  public Position position(final int offset) {
    return sources.at(offset).position(sources.within(offset));
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
    final Source source = sources.at(offset);
    add(
        Diagnostic.of(kind, position(offset), message, source, sources.within(offset), notes),
        sources.clamp(offset));
  }

  /** Adds one about another file that belongs to these; it comes after all of theirs. */
  public void add(final Diagnostic diagnostic) {
    add(diagnostic, Integer.MAX_VALUE);
  }

  private void add(final Diagnostic diagnostic, final int offset) {
    count(diagnostic.kind());
    if (isFull()) {
      omitted++;
    } else {
      offsetByDiagnostic.putIfAbsent(diagnostic, offset);
    }
  }

  private void count(final Diagnostic.Kind kind) {
    if (kind.severity() == Diagnostic.Severity.ERROR) {
      errors++;
    }
  }

  /** Whether further ones are only counted, so that no effort for their words is worth it. */
  public boolean isFull() {
    return offsetByDiagnostic.size() >= MAX_KEPT;
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  /** All that were kept, source by source, in the order of their places. */
  public List<Diagnostic> sorted() {
    return offsetByDiagnostic.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Something cannot be judged before the errors are mended. */
  public void furtherChecksWait() {
    waiting = true;
  }

  /** Whether something could not be judged on account of errors. */
  public boolean doFurtherChecksWait() {
    return waiting;
  }

  /** How many were not kept. */
  public int omitted() {
    return omitted;
  }
}
