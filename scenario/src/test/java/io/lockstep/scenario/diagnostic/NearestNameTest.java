package io.lockstep.scenario.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> NAMES =
      List.of("vus", "duration", "graceful_stop", "max_vus", "time_unit", "rate");

  @ParameterizedTest(name = "{0} is near {1}")
  @CsvSource({
    "durration, duration",
    "duraiton, duration",
    "Duration, duration",
    "gracefulStop, graceful_stop",
    "graceful-stop, graceful_stop",
    "maxVUs, max_vus",
    "vu, vus",
    "ratee, rate",
    "timeunit, time_unit",
  })
  void shouldFindTheNameMeant(final String given, final String meant) {
    assertEquals(Optional.of(meant), NearestName.of(given, NAMES));
  }

  @Test
  void shouldFindNoneWhereNoneIsNear() {
    assertEquals(Optional.empty(), NearestName.of("iterations", NAMES));
    assertEquals(Optional.empty(), NearestName.of("x", NAMES));
    assertEquals(Optional.empty(), NearestName.of("", NAMES));
    assertEquals(Optional.empty(), NearestName.of("duration".repeat(9), NAMES));
  }
}
