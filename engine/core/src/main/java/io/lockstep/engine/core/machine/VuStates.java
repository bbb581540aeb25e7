package io.lockstep.engine.core.machine;

/** The one place where VUs change their state. */
final class VuStates {
  private final VuTable table;
  private final EventPublisher events;
  private final int shard;
  private final int shards;

  VuStates(final VuTable table, final EventPublisher events, final int shard, final int shards) {
    this.table = table;
    this.events = events;
    this.shard = shard;
    this.shards = shards;
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
}
