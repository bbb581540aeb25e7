package io.lockstep.replay.inspect;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.replay.event.EventKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run's journals hold, as far as they can be read.
 *
 * @param events in all
 * @param byKind in the order of the kinds; those of an unknown kind are under {@code unknown_N}
 * @param capacitySteps of searches for capacity, in order
 * @param lastTick of the last event
 * @param shown how many events a filter let through
 * @param complete whether each shard's journal has its last event
 * @param damages what is damaged: the manifest, the files that it vouches for, the journals
 * @param absences which journals are not there, for no reason that anything could tell
 */
public record EventCounts(
    long events,
    Map<String, Long> byKind,
    List<CapacityStep> capacitySteps,
    long lastTick,
    long shown,
    boolean complete,
    List<String> damages,
    List<String> absences) {
  /** Keeps its own copies of the lists. */
  public EventCounts {
    capacitySteps = List.copyOf(capacitySteps);
    damages = List.copyOf(damages);
    absences = List.copyOf(absences);
  }

  EventCounts with(final List<String> damagesBefore, final List<String> newAbsences) {
    final List<String> all = new ArrayList<>(damagesBefore);
    all.addAll(damages);
    return new EventCounts(
        events, byKind, capacitySteps, lastTick, shown, complete, all, newAbsences);
  }

  /** Of this part of a run and the next one; the load's last tick is that of both. */
  EventCounts plus(final EventCounts next, final boolean nextIsLoad) {
    final Map<String, Long> kinds = new LinkedHashMap<>();
    for (final EventKind kind : EventKind.values()) {
      if (of(kind) + next.of(kind) > 0) {
        kinds.put(kind.key(), of(kind) + next.of(kind));
      }
    }
    byKind.forEach(kinds::putIfAbsent); // those of a newer version
    next.byKind.forEach(kinds::putIfAbsent);
    return new EventCounts(
        events + next.events,
        kinds,
        joined(capacitySteps, next.capacitySteps),
        nextIsLoad ? next.lastTick : lastTick,
        shown + next.shown,
        complete && next.complete,
        joined(damages, next.damages),
        joined(absences, next.absences));
  }

  private static <T> List<T> joined(final List<T> first, final List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The same of a run that has not come to all that it was to do. */
  EventCounts incomplete() {
    return new EventCounts(
        events, byKind, capacitySteps, lastTick, shown, false, damages, absences);
  }

  /** Of one kind. */
  public long of(final EventKind kind) {
    return byKind.getOrDefault(kind.key(), 0L);
  }
}
