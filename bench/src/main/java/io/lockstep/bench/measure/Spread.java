package io.lockstep.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Median and range of a figure over the rounds of a run. */
public record Spread(double median, double min, double max) {
  /** Of at least one value. */
  public static Spread of(final double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a spread needs at least one value");
    }
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    final int middle = sorted.length / 2;
    final double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Of one figure of each round. */
  public static <T> Spread of(final List<T> rounds, final ToDoubleFunction<T> figure) {
    return of(rounds.stream().mapToDouble(figure).toArray());
  }

  /** The same in a unit that is {@code factor} times as small. */
  public Spread times(final double factor) {
    return new Spread(median * factor, min * factor, max * factor);
  }

  /** Median, then the range in brackets. */
  public String text(final int decimals) {
    final String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT, number + "  [" + number + " .. " + number + "]", median, min, max);
  }
}
