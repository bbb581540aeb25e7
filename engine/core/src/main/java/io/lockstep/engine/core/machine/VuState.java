package io.lockstep.engine.core.machine;

/** What a VU is doing. Codes are stored in journals. */
public enum VuState {
  /** Not there: the state before the first transition. */
  NONE(0),
  /** Made in this tick, runs from the next. */
  SPAWNED(1),
  /** Waits for its schedule or thinks. */
  READY(2),
  /** Builds and issues a request; never lasts beyond the tick. */
  EXECUTING(3),
  /** Waits for its response, or for those of a page, of which it issues the next meanwhile. */
  WAITING(4),
  /** Its work or its time is over. */
  COMPLETE(5);

  private static final VuState[] BY_CODE = values();

  /** Bit sets of the codes that may follow, by code. */
  private static final int[] SUCCESSORS = {
    bit(SPAWNED),
    bit(READY) | bit(COMPLETE),
    bit(EXECUTING) | bit(COMPLETE),
    bit(WAITING),
    bit(READY) | bit(EXECUTING) | bit(COMPLETE),
    0
  };

  private final int code;

  VuState(final int code) {
    this.code = code;
  }

  private static int bit(final VuState state) {
    return 1 << state.code;
  }

  public int code() {
    return code;
  }

  /** Whether {@code next} may follow {@code current}; both are codes. */
  public static boolean isLegal(final int current, final int next) {
    return (SUCCESSORS[current] & 1 << next) != 0;
  }

  /**
   * The state of a code.
   *
   * @throws IllegalArgumentException if no state has it.
   */
  public static VuState of(final int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no VU state has code " + code);
    }
    return BY_CODE[code];
  }
}
