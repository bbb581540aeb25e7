package io.lockstep.engine.core.random;

import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import java.util.HexFormat;

/**
 * Ids of traces (W3C Trace Context, 3.2.2.3): one for each iteration, and a function of seed and
 * identity alone, so that anybody who has an event of the iteration can tell it.
 */
public final class TraceId {
  private static final long SITE = Site.of("trace_id");

  private TraceId() {}

  /** Of the iteration whose streams have this key: 32 digits in lower case. */
  public static String of(final long iterationStream) {
    final long draw = KeyedRandom.draw(iterationStream, SITE, 0);
    final HexFormat hex = HexFormat.of();
    return hex.toHexDigits(draw) + hex.toHexDigits(KeyedRandom.second(draw));
  }

  /**
   * Of an iteration.
   *
   * @param seed of the run
   * @param vu over the whole run; counts in a closed model only
   * @param iteration of the VU, or number of the arrival
   */
  public static String of(
      final long seed, final ScenarioPlan scenario, final long vu, final long iteration) {
    final long stream = KeyedRandom.scenarioStream(seed, scenario.key());
    return of(
        scenario.load().vusLast()
            ? KeyedRandom.iterationStream(
                KeyedRandom.vuStream(stream, vu - scenario.firstVu()), iteration)
            : KeyedRandom.arrivalStream(stream, iteration));
  }
}
