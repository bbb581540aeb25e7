package io.lockstep.scenario.data;

import io.lockstep.scenario.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a file, by byte offsets, as far as it is kept. */
final class Faults {
  private final List<Fault> kept = new ArrayList<>();
  private long omitted;

  /**
   * One of them.
   *
   * @param offset of the byte meant
   * @param kind of error
   * @param message what is wrong
   * @param notes what to do
   */
  record Fault(long offset, Diagnostic.Kind kind, String message, List<String> notes) {
    Fault {
      notes = List.copyOf(notes);
    }
  }

  void syntax(final long offset, final String message, final String... notes) {
    add(new Fault(offset, Diagnostic.Kind.SYNTAX, message, List.of(notes)));
  }

  void limit(final long offset, final String message) {
    add(new Fault(offset, Diagnostic.Kind.LIMIT, message, List.of()));
  }

  private void add(final Fault fault) {
    if (isFull()) {
      omitted++;
    } else {
      kept.add(fault);
    }
  }

  /** Whether further ones are only counted, so that no effort for their words is worth it. */
  boolean isFull() {
    return kept.size() == DataLimits.MAX_FAULTS;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  /** In the order of their places; the last one says how many more there are. */
  List<Fault> sorted() {
    final List<Fault> sorted = new ArrayList<>(kept);
    sorted.sort(Comparator.comparingLong(Fault::offset));
    if (omitted > 0) {
      final Fault last = sorted.remove(sorted.size() - 1);
      final List<String> notes = new ArrayList<>(last.notes());
      notes.add("the file has " + omitted + (omitted == 1 ? " more error" : " more errors"));
      sorted.add(new Fault(last.offset(), last.kind(), last.message(), notes));
    }
    return sorted;
  }
}
