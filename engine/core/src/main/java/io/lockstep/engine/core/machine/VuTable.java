package io.lockstep.engine.core.machine;

/**
 * What the machine knows of each VU: 64 bytes in one flat array, field beside field. One VU's
 * fields are used together and VUs come in no order, so this costs one or two cache misses where an
 * array per field costs one each: at 1,000,000 VUs that decides the speed.
 */
final class VuTable {
  /** Longs per VU. */
  private static final int STRIDE_BITS = 3;

  private static final int ITERATION = 0;
  private static final int STREAM = 1;
  private static final int STARTED_NS = 2;
  private static final int DIGEST = 3;
  private static final int INTENDED_NS = 4;
  private static final int WAKE_TICK = 5;
  private static final int CONTROL = 6;
  private static final int REQUEST = 7;

  private static final int SCENARIO_SHIFT = 8;
  private static final int PC_SHIFT = 32;

  /** Bits of CONTROL between scenario and program counter. */
  private static final long WANTED = 1L << 24;

  private static final long TOKEN = 1L << 25;
  private static final long FAILED = 1L << 26;
  private static final long LOW_BYTE = 0xFF;
  private static final long LOW_SHORT = 0xFFFF;
  private static final long LOW_INT = 0xFFFF_FFFFL;

  private final long[] fields;

  @SuppressWarnings("UnusedVariable") // written so that the read before it is not optimised away
  private long touched;

  VuTable(final int vus) {
    if (vus > (Integer.MAX_VALUE - 8) >> STRIDE_BITS) {
      throw new IllegalArgumentException(
          vus
              + " VUs in one shard are too many, at most "
              + ((Integer.MAX_VALUE - 8) >> STRIDE_BITS));
    }
    fields = new long[vus << STRIDE_BITS];
  }

  /** How many VUs there are. */
  int vus() {
    return fields.length >> STRIDE_BITS;
  }

  /**
   * Reads something of a VU that is about to be used. Touching several first lets the processor
   * fetch them side by side; their use one after the other would wait for each.
   */
  void touch(final int vu) {
    touched += fields[(vu << STRIDE_BITS) + CONTROL];
  }

  /** Iteration of the VU, or arrival index: the identity together with the scenario and VU. */
  long iteration(final int vu) {
    return fields[(vu << STRIDE_BITS) + ITERATION];
  }

  void iteration(final int vu, final long value) {
    fields[(vu << STRIDE_BITS) + ITERATION] = value;
  }

  /** Key of the iteration's random streams. */
  long stream(final int vu) {
    return fields[(vu << STRIDE_BITS) + STREAM];
  }

  void stream(final int vu, final long value) {
    fields[(vu << STRIDE_BITS) + STREAM] = value;
  }

  long startedNs(final int vu) {
    return fields[(vu << STRIDE_BITS) + STARTED_NS];
  }

  void startedNs(final int vu, final long value) {
    fields[(vu << STRIDE_BITS) + STARTED_NS] = value;
  }

  /** Digest of what the iteration has asked so far. */
  long digest(final int vu) {
    return fields[(vu << STRIDE_BITS) + DIGEST];
  }

  void digest(final int vu, final long value) {
    fields[(vu << STRIDE_BITS) + DIGEST] = value;
  }

  /** Intended start of the request under way. */
  long intendedNs(final int vu) {
    return fields[(vu << STRIDE_BITS) + INTENDED_NS];
  }

  void intendedNs(final int vu, final long value) {
    fields[(vu << STRIDE_BITS) + INTENDED_NS] = value;
  }

  /** When the VU should wake; its timer fires later than that where its pause began late. */
  long wakeTick(final int vu) {
    return fields[(vu << STRIDE_BITS) + WAKE_TICK];
  }

  void wakeTick(final int vu, final long value) {
    fields[(vu << STRIDE_BITS) + WAKE_TICK] = value;
  }

  /** Code of the {@link VuState}. */
  int state(final int vu) {
    return (int) (fields[(vu << STRIDE_BITS) + CONTROL] & LOW_BYTE);
  }

  void state(final int vu, final int code) {
    final int index = (vu << STRIDE_BITS) + CONTROL;
    fields[index] = (fields[index] & ~LOW_BYTE) | code;
  }

  int scenario(final int vu) {
    return (int) (fields[(vu << STRIDE_BITS) + CONTROL] >>> SCENARIO_SHIFT & LOW_SHORT);
  }

  void scenario(final int vu, final int index) {
    fields[(vu << STRIDE_BITS) + CONTROL] |= (long) index << SCENARIO_SHIFT;
  }

  /** Whether the last request, or one of the last page, failed. */
  boolean failed(final int vu) {
    return (fields[(vu << STRIDE_BITS) + CONTROL] & FAILED) != 0;
  }

  void failed(final int vu, final boolean value) {
    flag(vu, FAILED, value);
  }

  /** Whether it takes part, where the load selects VUs. */
  boolean isWanted(final int vu) {
    return (fields[(vu << STRIDE_BITS) + CONTROL] & WANTED) != 0;
  }

  void wanted(final int vu, final boolean value) {
    flag(vu, WANTED, value);
  }

  /** Whether it waits for, or has, a token of the throttle for its next request. */
  boolean hasToken(final int vu) {
    return (fields[(vu << STRIDE_BITS) + CONTROL] & TOKEN) != 0;
  }

  void token(final int vu, final boolean value) {
    flag(vu, TOKEN, value);
  }

  private void flag(final int vu, final long bit, final boolean value) {
    final int index = (vu << STRIDE_BITS) + CONTROL;
    fields[index] = value ? fields[index] | bit : fields[index] & ~bit;
  }

  /** Program counter. */
  int pc(final int vu) {
    return (int) (fields[(vu << STRIDE_BITS) + CONTROL] >>> PC_SHIFT);
  }

  void pc(final int vu, final int value) {
    final int index = (vu << STRIDE_BITS) + CONTROL;
    fields[index] = (fields[index] & LOW_INT) | ((long) value << PC_SHIFT);
  }

  /** Number of the last request. */
  int requestSeq(final int vu) {
    return (int) (fields[(vu << STRIDE_BITS) + REQUEST] >>> 32);
  }

  /** Index of the last request. */
  int request(final int vu) {
    return (int) fields[(vu << STRIDE_BITS) + REQUEST];
  }

  void request(final int vu, final int requestSeq, final int request) {
    fields[(vu << STRIDE_BITS) + REQUEST] = ((long) requestSeq << 32) | (request & LOW_INT);
  }
}
