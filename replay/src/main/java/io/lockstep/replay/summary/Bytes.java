package io.lockstep.replay.summary;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of bytes as people read them. */
final class Bytes {
  private static final long KIB = 1024;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Bytes() {}

  /** One decimal of it: {@code 1.5 MiB}. */
  static String text(final long value) {
    int unit = 0;
    long divisor = 1;
    while (value / divisor >= KIB && unit < UNITS.length - 1) {
      divisor *= KIB;
      unit++;
    }
    final String number =
        unit == 0
            ? Long.toString(value)
            : BigDecimal.valueOf(value)
                .divide(BigDecimal.valueOf(divisor), 1, RoundingMode.HALF_UP)
                .toPlainString();
    return number + " " + UNITS[unit];
  }
}
