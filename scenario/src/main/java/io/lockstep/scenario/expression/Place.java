package io.lockstep.scenario.expression;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;

/** Where an expression or template stands in a file, so that its faults can point into it. */
final class Place {
  private static final Place NOWHERE = new Place(null);

  private final ScalarNode scalar;

  private Place(final ScalarNode scalar) {
    this.scalar = scalar;
  }

  static Place of(final ScalarNode scalar) {
    return new Place(scalar);
  }

  /** Of a text that is in no file. */
  static Place nowhere() {
    return NOWHERE;
  }

  /** Warns of a place in the text. */
  void warn(
      final Reading in,
      final Diagnostic.Kind kind,
      final int offset,
      final String message,
      final String... notes) {
    if (scalar == null) {
      throw new IllegalStateException("this text was not read from a file");
    }
    in.warn(kind, in.within(scalar, offset), message, notes);
  }

  /** Reports faults, each at its own place in the file where the file spells the text as it is. */
  void report(final List<Fault> faults, final Reading in) {
    if (scalar == null) {
      throw new IllegalStateException("this text was not read from a file");
    }
    for (final Fault fault : faults) {
      final int offset = in.within(scalar, fault.offset());
      if (fault.given().isEmpty()) {
        in.bad(offset, fault.message(), fault.notes().toArray(String[]::new));
      } else {
        in.unknown(
            Diagnostic.Kind.BAD_VALUE,
            offset,
            fault.message(),
            fault.given(),
            fault.allowed(),
            fault.notes());
      }
    }
  }
}
