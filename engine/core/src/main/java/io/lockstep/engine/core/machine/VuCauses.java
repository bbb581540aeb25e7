package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.Ending;
import io.lockstep.engine.core.metric.Endings;
import io.lockstep.engine.core.metric.TestEnding;
import io.lockstep.scenario.plan.Program;

/**
 * What flows end before its time: an iteration, a VU, the test. Counts it, and remembers who asked
 * first for the end of the test.
 */
final class VuCauses {
  private final Moment moment;
  private final VuTable table;
  private final VuStates states;
  private final VuPublisher events;
  private final Endings endings;
  private final ScenarioRun[] scenarios;

  /** {@code null} until one asks for the end of the test. */
  private TestEnding asked;

  VuCauses(final ShardState shard) {
    moment = shard.moment;
    table = shard.table;
    states = shard.states;
    events = shard.events.vus();
    endings = shard.metrics.endings();
    scenarios = shard.scenarios;
  }

  /** Whether a flow has asked for the end of the test. */
  boolean isStopAsked() {
    return asked != null;
  }

  /** The test ends since a flow asked for it. */
  void onStopped() {
    endings.onTest(asked);
  }

  /**
   * A failed check is about to end something.
   *
   * @param ending a {@link CheckEnding}
   */
  void onCheck(final int vu, final int ending) {
    final int level = CheckEnding.level(ending);
    final int check = CheckEnding.check(ending);
    endings.onCheck(what(vu, level == CheckEnding.ITERATION), check, table.scenario(vu), began(vu));
    if (level == CheckEnding.TEST) {
      ask(vu, Ending.By.CHECK, check, "");
    }
  }

  /** There is no row of data left, which is about to end a VU, or the test. */
  void onRows(final int vu, final boolean test, final String why) {
    endings.onRows(what(vu, false), why, table.scenario(vu), began(vu));
    if (test) {
      ask(vu, Ending.By.ROWS, Ending.NO_CHECK, why);
    }
  }

  /** A step is about to end something. */
  void onStep(final int vu, final int what) {
    endings.onStep(what(vu, what == Program.ITERATION), table.scenario(vu), began(vu));
    if (what == Program.TEST) {
      ask(vu, Ending.By.STEP, Ending.NO_CHECK, "");
    }
  }

  /** Where arrivals are users of their own, what ends one of them ends no VU. */
  private Ending.What what(final int vu, final boolean only) {
    if (!only && !scenarios[table.scenario(vu)].isOpen()) {
      return Ending.What.VU;
    }
    return table.iteration(vu) < 0 ? Ending.What.FLOW : Ending.What.ITERATION;
  }

  private long began(final int vu) {
    return table.startedNs(vu);
  }

  private void ask(final int vu, final Ending.By by, final int check, final String why) {
    if (asked == null) {
      final int scenario = table.scenario(vu);
      final int global = states.global(vu);
      final long iteration = table.iteration(vu);
      final Ending ending = new Ending(Ending.What.TEST, by, check, why);
      asked = new TestEnding(ending, scenario, global, iteration, moment.nowNs());
      events.testStopped(global, scenario, iteration);
    }
  }
}
