package io.lockstep.replay.inspect;

import io.lockstep.replay.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run's journals hold, as far as they can be read.
 *
 * @param events in all
 * @param byKind in the order of the kinds; those of an unknown kind are under {@code unknown_N}
 * @param lastTick of the last event
 * @param shown how many events a filter let through
 * @param complete whether each shard's journal has its last event
 * @param damages what is damaged: the manifest, the journals of shards
 */
public record EventCounts(
    long events,
    Map<String, Long> byKind,
    long lastTick,
    long shown,
    boolean complete,
    List<String> damages) {
  EventCounts withDamage(final String damage) {
    final List<String> all = new ArrayList<>(damages);
    all.add(0, damage);
    return new EventCounts(events, byKind, lastTick, shown, complete, List.copyOf(all));
  }

  /** Of one kind. */
  public long of(final EventKind kind) {
    return byKind.getOrDefault(kind.key(), 0L);
  }
}
