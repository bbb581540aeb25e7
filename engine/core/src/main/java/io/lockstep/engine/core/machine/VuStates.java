package io.lockstep.engine.core.machine;

/** The one place where VUs change their state, and which knows how many live. */
final class VuStates {
  private final VuTable table;
  private final VuPublisher events;
  private final int shard;
  private final int shards;
  private int living;

  VuStates(final VuTable table, final VuPublisher events, final int shard, final int shards) {
    this.table = table;
    this.events = events;
    this.shard = shard;
    this.shards = shards;
  }

  /** A VU comes into being. */
  void spawn(final int vu) {
    enter(vu, VuState.SPAWNED);
    living++;
  }

  /** A VU has nothing to do any more. */
  void complete(final int vu) {
    enter(vu, VuState.COMPLETE);
    living--;
  }

  /** VUs that came into being and are not complete. */
  int living() {
    return living;
  }

  void enter(final int vu, final VuState next) {
    final int current = table.state(vu);
    if (!VuState.isLegal(current, next.code())) {
      throw new IllegalStateException(
          "VU " + global(vu) + " cannot go from " + VuState.of(current) + " to " + next);
    }
    table.state(vu, next.code());
    events.transition(global(vu), current, next.code());
  }

  /** The global id of a local VU, or of a local slot at the transport. */
  int global(final int local) {
    return local * shards + shard;
  }

  /** The local id of a global VU, or the local slot of one at the transport. */
  int local(final int global) {
    if (global < 0 || global % shards != shard) {
      throw new IllegalArgumentException("slot " + global + " is not of shard " + shard);
    }
    return global / shards;
  }
}
