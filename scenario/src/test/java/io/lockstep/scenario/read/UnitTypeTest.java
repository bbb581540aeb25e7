package io.lockstep.scenario.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.tree.ScalarNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTypeTest {
  private static final UnitType DURATION = UnitType.duration(0, Long.MAX_VALUE);
  private static final UnitType SIZE = UnitType.size(0, 1L << 40);

  private final Diagnostics diagnostics = new Diagnostics(new Source("t.yaml", ""));

  @ParameterizedTest(name = "{0} is {1} ns")
  @CsvSource({
    "0s, 0",
    "1ns, 1",
    "7us, 7000",
    "7µs, 7000",
    "7μs, 7000",
    "250ms, 250000000",
    "30s, 30000000000",
    "1m30s, 90000000000",
    "1h2m3s4ms5us6ns, 3723004005006",
    "0.1s, 100000000",
    "1.000000001s, 1000000001",
    "0.5h0.5m, 1830000000000",
    "9223372036854775807ns, 9223372036854775807",
  })
  void shouldReadDurationExactly(final String text, final long ns) {
    assertEquals(ns, read(DURATION, text));
  }

  @ParameterizedTest(name = "{0} is no duration")
  @ValueSource(
      strings = {
        "",
        "s",
        "30",
        "30 s",
        "-1s",
        "+1s",
        "1S",
        "1sec",
        "1d",
        "30s1m",
        "1s1s",
        "1s ",
        " 1s",
        ".5s",
        "1.s",
        "1e3s",
        "1,5s",
        "0.1ns",
        "9223372036854775808ns",
        "1_000ms",
        "1s\n",
        "٣s"
      })
  void shouldRefuseWhatIsNoDuration(final String text) {
    assertNull(read(DURATION, text));
    assertEquals(1, diagnostics.sorted().size());
  }

  @ParameterizedTest(name = "{0} is {1} bytes")
  @CsvSource({
    "0, 0",
    "1500, 1500",
    "1B, 1",
    "64KiB, 65536",
    "64kB, 64000",
    "1.5MiB, 1572864",
    "2MB, 2000000",
    "1GiB, 1073741824",
    "1GB, 1000000000",
  })
  void shouldReadSizeExactly(final String text, final long bytes) {
    assertEquals(bytes, read(SIZE, text));
  }

  @ParameterizedTest(name = "{0} is no size")
  @ValueSource(strings = {"", "KiB", "-1", "1K", "1kib", "0.5B", "1.5", "2000GiB", "1 KiB"})
  void shouldRefuseWhatIsNoSize(final String text) {
    assertNull(read(SIZE, text));
    assertEquals(1, diagnostics.sorted().size());
  }

  @Property
  void theTextOfAnyDurationReadsBackToIt(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) final long ns) {
    assertEquals(ns, read(DURATION, UnitType.durationText(ns)));
  }

  private Long read(final UnitType type, final String text) {
    return type.read(new ScalarNode(0, ScalarNode.Kind.TEXT, text), new Reading(diagnostics));
  }
}
