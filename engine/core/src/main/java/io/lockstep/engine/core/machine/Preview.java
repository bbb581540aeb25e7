package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.core.schedule.ArrivalSchedule;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.List;

/**
 * What one iteration does and sends, told by plan and seed before any run: the interpreter itself
 * does it, alone, against a target that answers every request at once: as the plan's simulated one
 * does, or with status 200 and nothing else. What a run does differs from it only where responses
 * decide: see {@link Step#open}.
 *
 * @param identity whose iteration
 * @param steps in order
 * @param rows of data that it looked at
 * @param ending how it ended
 * @param failure why it could not go on; empty where it could
 * @param lastNs how long it took from its start, with answers that take no time
 * @param chain its part of the generation digest
 * @param note what is not known of the setup that came before it, and why; empty where all is
 */
public record Preview(
    Identity identity,
    List<Step> steps,
    List<RowUse> rows,
    Ending ending,
    String failure,
    long lastNs,
    long chain,
    String note) {
  /** Of a phase that is done once: the one iteration of the one VU. */
  static final Identity ONCE = new Identity(0, 0, 0);

  public Preview {
    steps = List.copyOf(steps);
    rows = List.copyOf(rows);
  }

  /**
   * Who asks.
   *
   * @param scenario index in the plan
   * @param vu global id; {@link #NO_VU} where an index of arrivals or iterations is all of it
   * @param iteration of the VU, or the index; {@link #START} or {@link #STOP} for what a VU does
   *     before its first or after its last iteration
   */
  public record Identity(int scenario, int vu, long iteration) {
    /** No VU. */
    public static final int NO_VU = -1;

    /** Stands for the iteration before the first. */
    public static final long START = VuIterations.START_FLOW;

    /** Stands for the iteration after the last. */
    public static final long STOP = VuIterations.STOP_FLOW;
  }

  /** How a preview ended. */
  public enum Ending {
    /** With the iteration. */
    COMPLETED,
    /** An expression came to no value, or there is no row of data left. */
    FAILED,
    /** An expression needs what only a response has; the failure says which. */
    OPEN,
    /** It is longer than was asked for. */
    CUT,
    /** The VU ends before it comes to this iteration. */
    NEVER
  }

  /** What a step is. */
  public enum Kind {
    /** A request is sent. */
    REQUEST,
    /** Requests are made side by side; they follow. */
    PAGE,
    /** An option is chosen; the value says which, from 0. */
    CHOICE,
    /** A pause; the value is its length. */
    PAUSE,
    /** Waits until so long after the last pace, or the start; the value is that time. */
    PACE,
    /** A group begins. */
    GROUP,
    /** A group ends. */
    GROUP_END,
    /** A loop begins another round. */
    ROUND,
    /** A loop over a time begins another round, as the answers have taken no time. */
    TIMED_ROUND,
    /** A loop over a time is left. */
    TIMED_END,
    /** What may be tried again is not, since all is answered well. */
    TRIED,
    /** A meeting with other VUs, who are taken to be there. */
    MEETING,
    /** A condition; the value is 1 where it is true, else 0. */
    CONDITION,
    /** One of several ways by a value; the value is the program counter of the way. */
    SWITCH,
    /** A variable is set; the text is its new value. */
    SET,
    /** The next item of a list; the text is the item. */
    ITEM,
    /** A list has no items, or a response decides which. */
    NO_ITEM,
    /** A metric of the file gets a sample; the text is its name. */
    MEASURE,
    /** A text for the journal. */
    LOG,
    /** The flow ends the iteration, the VU or the test. */
    STOP
  }

  /**
   * A step.
   *
   * @param kind what it is
   * @param atNs when, since the start of the iteration
   * @param pc place in the program
   * @param value as the kind says, else 0
   * @param text as the kind says, else empty
   * @param open whether responses, or other VUs, can make it another in a run: what, when or if
   * @param sent the request; null for others
   */
  public record Step(
      Kind kind, long atNs, int pc, long value, String text, boolean open, Sent sent) {}

  /**
   * A row of data.
   *
   * @param feeder index in the plan
   * @param row from 0
   */
  public record RowUse(int feeder, long row) {}

  /**
   * A request as it is sent, but for what the connection adds, and with the names of secrets.
   *
   * @param request index in the plan
   * @param headers in order
   * @param body text, sent as UTF-8
   * @param digest as in the journal
   */
  public record Sent(
      int request, String method, String path, List<Header> headers, String body, long digest) {
    public Sent {
      headers = List.copyOf(headers);
    }
  }

  /**
   * The preview of an iteration. What it looks at of a setup is what that leaves where its requests
   * are answered in the same way.
   *
   * @param plan of which
   * @param around its data; no secrets
   * @param identity whose iteration, which the plan must have
   * @param startNs when it starts, since the start of the run; at least 1
   * @param most so many steps are told
   */
  public static Preview of(
      final Plan plan,
      final Surroundings around,
      final Identity identity,
      final long startNs,
      final int most) {
    return of(plan, around, identity, startNs, 0, most);
  }

  /**
   * The same, where a VU's stop may be asked for.
   *
   * @param last iteration that comes before the stop
   */
  public static Preview of(
      final Plan plan,
      final Surroundings around,
      final Identity identity,
      final long startNs,
      final long last,
      final int most) {
    final PreviewSetup setup = PreviewSetup.of(plan, around);
    final PreviewRun run =
        new PreviewRun(plan, around, identity, startNs, Extent.shown(most), setup.values());
    return run.stoppingAfter(last).preview().with(setup.note() + run.note());
  }

  /**
   * The preview of what is done once before or after the load of a plan.
   *
   * @param name of the phase, which the plan must have
   */
  public static Preview of(
      final Plan plan, final Surroundings around, final String name, final int most) {
    final Plan phase = plan.phases().named(name);
    final PreviewSetup setup =
        name.equals(Phases.SETUP) ? PreviewSetup.NONE : PreviewSetup.of(plan, around);
    return new PreviewRun(phase, around, ONCE, phase.tickNs(), Extent.shown(most), setup.values())
        .preview()
        .with(setup.note());
  }

  private Preview with(final String newNote) {
    return new Preview(identity, steps, rows, ending, failure, lastNs, chain, newNote);
  }

  /**
   * How far a preview goes.
   *
   * @param steps at most
   * @param ns after its start it is over; {@link Long#MAX_VALUE} for never
   * @param isKept whether its steps are wanted, or only what the VU remembers afterwards
   */
  record Extent(long steps, long ns, boolean isKept) {
    static Extent shown(final int most) {
      return new Extent(most, Long.MAX_VALUE, true);
    }
  }

  /**
   * When an arrival is due by the schedule, nanoseconds since the start of the run: its tick's end.
   * Where an operator changes the rate, as if it stayed as it is at the start.
   *
   * @return {@link ArrivalSchedule#NULL_TICK} where the schedule ends before it.
   */
  public static long arrivalNs(final Plan plan, final int scenario, final long arrival) {
    final ScenarioPlan open = plan.scenarios().get(scenario);
    // A schedule over so many shards that this arrival is the first of its own.
    final int shards = (int) Math.min(arrival + 1, Integer.MAX_VALUE);
    final ArrivalSchedule schedule =
        ArrivalSchedule.of(
            open.load(),
            plan.tickNs(),
            open.startTick(),
            KeyedRandom.scenarioStream(plan.seed(), open.key()),
            (int) (arrival % shards),
            shards);
    while (schedule.nextTick() != ArrivalSchedule.NULL_TICK && schedule.nextArrival() < arrival) {
      schedule.advance();
    }
    return schedule.nextTick() == ArrivalSchedule.NULL_TICK
        ? ArrivalSchedule.NULL_TICK
        : schedule.nextTick() * plan.tickNs();
  }
}
