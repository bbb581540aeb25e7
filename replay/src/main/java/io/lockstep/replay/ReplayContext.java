package io.lockstep.replay;

import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All that a replay needs.
 *
 * @param run whose journals are replayed; nothing in it is changed
 * @param plan compiled from the scenario file in the run's directory; its seed plays no part, the
 *     recorded one is used; its target tells which redirects stay there
 * @param feeders the rows of the plan's feeders, in their order
 * @param responses makes what responses are understood with
 * @param engineVersion of this Lockstep, to be named as a cause where it is not the recorded one
 * @param threads at most so many at work
 * @param nanoClock measures the replay and steers nothing
 */
public record ReplayContext(
    RunDirectory run,
    Plan plan,
    List<FeederSource> feeders,
    ResponseTools responses,
    String engineVersion,
    int threads,
    LongSupplier nanoClock) {
  public ReplayContext {
    feeders = List.copyOf(feeders);
    if (feeders.size() != plan.feeders().size()) {
      throw new IllegalArgumentException(
          "the plan has " + plan.feeders().size() + " feeders, given are " + feeders.size());
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }

  /** A replay without data that does nothing with responses. */
  public ReplayContext(
      final RunDirectory run,
      final Plan plan,
      final String engineVersion,
      final int threads,
      final LongSupplier nanoClock) {
    this(run, plan, List.of(), ResponseTools.NONE, engineVersion, threads, nanoClock);
  }
}
