package io.lockstep.scenario.plan;

import java.util.List;

/**
 * What flows have beside their instructions. All of it is empty in a plan whose scenarios have the
 * short form alone. A <em>slot</em> is a long that each VU of a scenario has for itself; all of a
 * VU's slots are zero when an iteration begins.
 *
 * @param scenarios one per scenario of the plan, by its index, or none at all
 * @param groups by index
 * @param paces by index
 * @param loops by index
 * @param retries by index
 * @param pages by index
 * @param meetings by index
 */
public record Flow(
    List<ScenarioFlow> scenarios,
    List<Group> groups,
    List<Pace> paces,
    List<Loop> loops,
    List<Retry> retries,
    List<Page> pages,
    List<Meeting> meetings) {
  /** Stands for "there is none", where an index, a slot or a program counter could be. */
  public static final int NONE = -1;

  /** Of a plan without flows. */
  public static final Flow PLAIN =
      new Flow(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Flow {
    scenarios = List.copyOf(scenarios);
    groups = List.copyOf(groups);
    paces = List.copyOf(paces);
    loops = List.copyOf(loops);
    retries = List.copyOf(retries);
    pages = List.copyOf(pages);
    meetings = List.copyOf(meetings);
  }

  /** Whether no scenario has a flow. */
  public boolean isPlain() {
    return scenarios.isEmpty();
  }

  /** What a scenario has, by its index. */
  public ScenarioFlow of(final int scenario) {
    return isPlain() ? ScenarioFlow.PLAIN : scenarios.get(scenario);
  }

  /**
   * What one scenario has.
   *
   * @param start program counter of what each VU does before its first iteration, or {@link #NONE}
   * @param stop program counter of what each VU does after its last iteration, or {@link #NONE}
   * @param slots of each VU
   * @param lanes most requests that a VU has under way at once, at least 1
   * @param paceSlot the moment from which the next pace counts, nanoseconds since run start, or
   *     {@link #NONE}
   * @param groupSlot index of the innermost open group plus one, or {@link #NONE}
   * @param memory what its expressions read and write
   */
  public record ScenarioFlow(
      int start, int stop, int slots, int lanes, int paceSlot, int groupSlot, Memory memory) {
    /** Of a scenario of the short form. */
    public static final ScenarioFlow PLAIN = new ScenarioFlow(NONE, NONE, 0, 1, NONE, NONE);

    /** Of a scenario whose VUs remember no values. */
    public ScenarioFlow(
        final int start,
        final int stop,
        final int slots,
        final int lanes,
        final int paceSlot,
        final int groupSlot) {
      this(start, stop, slots, lanes, paceSlot, groupSlot, Memory.NONE);
    }
  }

  /**
   * Steps that are timed as one.
   *
   * @param scenario index of its scenario
   * @param name what results call it
   * @param parent index of the group around it, or {@link #NONE}
   * @param startSlot when it began, nanoseconds since run start
   */
  public record Group(int scenario, String name, int parent, int startSlot) {}

  /**
   * Waits until so long after the last pace, or the start of the iteration.
   *
   * @param slot the scenario's {@link ScenarioFlow#paceSlot}
   * @param site key of the random stream that it draws from
   * @param interval how long
   */
  public record Pace(int slot, long site, Distribution interval) {}

  /**
   * Steps that are done again.
   *
   * @param slot rounds done so far, or the moment after which none begins
   * @param limit so many rounds, or so many nanoseconds
   * @param target program counter of the first instruction of a round
   */
  public record Loop(int slot, long limit, int target) {}

  /**
   * Steps that are done again for as long as they fail.
   *
   * @param slot tries that have failed so far
   * @param times tries at most, the first included
   * @param initialNs pause after the first failed try
   * @param factor from one pause to the next
   * @param maxNs longest pause
   * @param jitter whether a pause is drawn between zero and its length
   * @param site key of the random stream of the jitter
   * @param target program counter of the first instruction of a try
   */
  public record Retry(
      int slot,
      int times,
      long initialNs,
      double factor,
      long maxNs,
      boolean jitter,
      long site,
      int target) {}

  /**
   * Requests that one VU makes side by side.
   *
   * @param firstRequest index in the plan; the others follow it
   * @param requests how many
   * @param max most of them under way at once
   * @param visitSlot how often the step was begun, or {@link #NONE} outside of loops
   * @param attemptSlot {@link Retry#slot} of the retry around it, or {@link #NONE}
   * @param nextSlot how many of them were issued
   * @param endSlot when the last so far ended, nanoseconds since run start
   */
  public record Page(
      int firstRequest,
      int requests,
      int max,
      int visitSlot,
      int attemptSlot,
      int nextSlot,
      int endSlot) {}

  /**
   * A place where VUs wait for each other.
   *
   * @param users so many go on together
   * @param timeoutTicks after so long a VU goes on alone
   * @param linkSlot the VU that came before it, plus one; the slot after it is the VU that came
   *     next, plus one
   */
  public record Meeting(int users, long timeoutTicks, int linkSlot) {}
}
