package io.lockstep.replay.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.scenario.plan.Load;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTextTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldSayWhatHeldAndWhatBroke() {
    assertEquals(
        List.of(
            "s: 20/s held, 30/s did not: arrivals found no free VU",
            "rate  requests  > 250ms  errors  dropped  held",
            "10/s     1,000   0.50 %  0.10 %        0   yes",
            "20/s     1,000   0.50 %  0.10 %        0   yes",
            "30/s     1,000   0.50 %  0.10 %        7    no"),
        CapacityText.lines(
            new CapacityRow(
                "s",
                load(SECOND / 4, 100),
                List.of(
                    step(10, CapacityVerdict.HELD),
                    step(20, CapacityVerdict.HELD),
                    step(30, CapacityVerdict.VUS_EXHAUSTED)))));
  }

  @Test
  void shouldSayWhereTheRunEndedTheSearch() {
    assertEquals(
        List.of("s: the run ended before the first step did"),
        CapacityText.lines(new CapacityRow("s", load(SECOND, 100), List.of())));
    assertEquals(
        "s: 10/s held; the run ended before the search did: there may be more",
        CapacityText.lines(
                new CapacityRow("s", load(SECOND, 100), List.of(step(10, CapacityVerdict.HELD))))
            .get(0));
    assertEquals(
        "s: 100/s held, the highest that was to be tried: there may be more",
        CapacityText.lines(
                new CapacityRow("s", load(SECOND, 100), List.of(step(100, CapacityVerdict.HELD))))
            .get(0));
  }

  @Test
  void shouldShowTheLastStepsOfManyAndNoLimitWhereThereIsNone() {
    final List<CapacityStep> steps = new ArrayList<>();
    for (int rate = 1; rate <= 25; rate++) {
      steps.add(step(rate, CapacityVerdict.HELD));
    }
    final List<String> lines =
        CapacityText.lines(new CapacityRow("s", load(Load.UNLIMITED, 25), steps));
    assertEquals("rate  requests  errors  dropped  held", lines.get(1));
    assertEquals("(5 lower rates held)", lines.get(2));
    assertEquals("6/s      1,000  0.10 %        0   yes", lines.get(3));
    assertEquals(23, lines.size());
  }

  private static Load.Capacity load(final long p99Ns, final long maxRate) {
    return new Load.Capacity(
        10,
        10,
        maxRate,
        SECOND,
        1_000,
        Load.ArrivalProcess.UNIFORM,
        0,
        new Load.Objective(p99Ns, Load.UNLIMITED));
  }

  private static CapacityStep step(final long rate, final CapacityVerdict verdict) {
    final long dropped = verdict == CapacityVerdict.VUS_EXHAUSTED ? 7 : 0;
    return new CapacityStep(0, rate, 1_000, 5, 1_000, 1, dropped, verdict);
  }
}
