package io.lockstep.app.target;

import io.lockstep.app.console.CommandException;
import io.lockstep.scenario.plan.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a distribution of latencies as it is written on the command line. */
final class LatencyText {
  private static final Pattern CALL = Pattern.compile("([a-z]+)\\(([^()]*)\\)");
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s)");
  private static final long LONGEST_NS = 3_600_000_000_000L;
  private static final double HIGHEST_SIGMA = 10;
  private static final String FORMS =
      "20ms, uniform(5ms,20ms), normal(20ms,5ms), lognormal(20ms,0.5) or exponential(20ms)";

  private LatencyText() {}

  /**
   * The distribution that a text means.
   *
   * @throws CommandException if it means none.
   */
  static Distribution parse(final String text) {
    final String trimmed = text.trim();
    final Matcher call = CALL.matcher(trimmed);
    if (!call.matches()) {
      return new Distribution.Constant(durationNs(trimmed, text));
    }
    final List<String> parts = Arrays.stream(call.group(2).split(",", -1)).map(String::trim).toList();
    final int wanted = call.group(1).equals("exponential") ? 1 : 2;
    if (parts.size() != wanted) {
      throw wrong(text, call.group(1) + " takes " + wanted + (wanted == 1 ? " value" : " values"));
    }
    final long firstNs = durationNs(parts.get(0), text);
    return switch (call.group(1)) {
      case "exponential" -> new Distribution.Exponential(firstNs);
      case "uniform" -> uniform(firstNs, durationNs(parts.get(1), text), text);
      case "normal" -> new Distribution.Normal(firstNs, durationNs(parts.get(1), text));
      case "lognormal" -> new Distribution.LogNormal(firstNs, sigma(parts.get(1), text));
      default -> throw wrong(text, "there is no distribution '" + call.group(1) + "'");
    };
  }

  private static Distribution uniform(final long minNs, final long maxNs, final String text) {
    if (minNs > maxNs) {
      throw wrong(text, "the first value must not be above the second");
    }
    return new Distribution.Uniform(minNs, maxNs);
  }

  private static double sigma(final String part, final String text) {
    try {
      final double sigma = Double.parseDouble(part);
      if (sigma >= 0 && sigma <= HIGHEST_SIGMA) {
        return sigma;
      }
    } catch (final NumberFormatException e) {
      throw wrong(text, "'" + part + "' is not a number");
    }
    throw wrong(text, "sigma must be from 0 to 10, is " + part);
  }

  private static long durationNs(final String part, final String text) {
    final Matcher duration = DURATION.matcher(part);
    if (!duration.matches()) {
      throw wrong(text, "'" + part + "' is not a duration such as 500us, 20ms or 1.5s");
    }
    final double unitNs =
        switch (duration.group(2)) {
          case "ns" -> 1;
          case "us" -> 1e3;
          case "ms" -> 1e6;
          default -> 1e9;
        };
    final double valueNs = Double.parseDouble(duration.group(1)) * unitNs;
    if (valueNs > LONGEST_NS) {
      throw wrong(text, "'" + part + "' is longer than an hour");
    }
    return Math.round(valueNs);
  }

  private static CommandException wrong(final String text, final String why) {
    return CommandException.usage(
        "--latency '" + text + "': " + why + ". It takes " + FORMS + ".");
  }
}
