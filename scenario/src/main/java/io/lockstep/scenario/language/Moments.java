package io.lockstep.scenario.language;

import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Moments in UTC, as RFC 3339 writes them, in nanoseconds since 1970. */
final class Moments {
  static final Type<Long> TYPE =
      new MappedType<>(
          new TextType("a time in UTC, such as 2026-11-20T08:00:00Z", false, Moments::fault),
          Moments::nanoseconds);

  private static final long NS_PER_MS = 1_000_000;
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private Moments() {}

  private static Optional<String> fault(final String text) {
    try {
      final Instant moment = Instant.parse(text);
      if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LAST)) {
        return Optional.of("is not between 1970 and 2200");
      }
      return moment.truncatedTo(ChronoUnit.MILLIS).equals(moment)
          ? Optional.empty()
          : Optional.of("is no whole number of milliseconds");
    } catch (final DateTimeParseException e) {
      return Optional.of("is no time");
    }
  }

  private static Long nanoseconds(final String text) {
    return Instant.parse(text).toEpochMilli() * NS_PER_MS;
  }
}
