package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.ConnectionTally;
import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;

/**
 * Real time: fires every tick up to the clock's, then admits what the transport has. The clock is
 * read once per cycle.
 *
 * <p>While the clock is within tick T + 1, timers up to tick T have fired and tick T + 1 is open
 * for inputs, so an input is acted on when it comes and the order inputs before timers still holds.
 */
final class LiveAgent extends ShardAgent {
  /**
   * After so many timers in one cycle completions get their turn, so that catching up starves
   * nobody.
   */
  private static final int MAX_FIRED = 256;

  /**
   * After so many completions timers get their turn, so that a burst of answers holds up what a
   * schedule owes for some tens of microseconds only.
   */
  private static final int MAX_COMPLETIONS = 64;

  /** No cycle has begun yet. */
  private static final long NULL_TIME = Long.MIN_VALUE;

  /** Idle time before it waits, in which most answers of a near target come. */
  private static final long IDLE_NS = 50_000;

  /**
   * A wait ends so long before the next timer is due, and the rest is spun: systems wake a thread
   * some tens of microseconds late, which every request of a schedule would be late by.
   */
  private static final long WAKE_EARLY_NS = 60_000;

  /** Longest wait: how late an operator's command may be seen. */
  private static final long MAX_WAIT_NS = 1_000_000;

  private final long tickNs;
  private final Clock clock;
  private final long flushIntervalNs;
  private final ResourceSampler resources;
  private final StallMeter stalls;
  private final NameLookups lookups;
  private final boolean waits;
  private boolean toldProxy;
  private boolean busy;
  private long busyAtNs;
  private long lastFlushNs;
  private long lastCycleNs = NULL_TIME;

  LiveAgent(
      final String roleName,
      final Machine machine,
      final Transport transport,
      final BlockWriter writer,
      final long tickNs,
      final Clock clock,
      final long flushIntervalNs,
      final ResourceSampler resources,
      final boolean waits) {
    super(roleName, machine, transport, writer);
    this.tickNs = tickNs;
    this.clock = clock;
    this.flushIntervalNs = flushIntervalNs;
    this.resources = resources;
    stalls = resources.stalls();
    lookups = transport.lookups();
    this.waits = waits;
  }

  @Override
  public int doWork() {
    final long nowNs = clock.nanoTime();
    if (lastCycleNs != NULL_TIME) {
      stalls.onCycle(nowNs - lastCycleNs, busy);
    }
    lastCycleNs = nowNs;
    int work = fire(nowNs / tickNs);
    work += transport.poll(machine.openTick(), machine, MAX_COMPLETIONS);
    tellLookups();
    work += takeCommand(nowNs);
    tellStop();
    busy = work > 0;
    if (busy) {
      live.publish(machine.metrics(), nowNs);
    }
    flush(nowNs);
    tellSlices();
    if (machine.isComplete()) {
      final ConnectionTally connections = transport.connections();
      if (connections != null) {
        machine.onConnections(connections.counts());
      }
      if (goesAhead()) {
        resources.report(machine, nowNs); // of no load there is nothing to judge
      }
      conclude();
    } else if (waits) {
      await(work, nowNs);
    }
    return work;
  }

  private void tellLookups() {
    if (!toldProxy) {
      toldProxy = true;
      if (lookups.proxy() != null) {
        machine.onProxy(lookups.proxy());
      }
    }
    NameLookup lookup = lookups.poll();
    while (lookup != null) {
      machine.onLookup(lookup);
      lookup = lookups.poll();
    }
  }

  /**
   * Waits where the answers come from, so that the first of them ends it: a parked thread would see
   * them late and measure itself. The wait is no part of a cycle, hence the second look at the
   * clock.
   */
  private void await(final int work, final long nowNs) {
    if (work > 0) {
      busyAtNs = nowNs;
    } else if (nowNs - busyAtNs > IDLE_NS) {
      final long nextTick = machine.nextTick();
      final long untilNs =
          nextTick == Transport.NULL_TICK ? MAX_WAIT_NS : nextTick * tickNs - nowNs - WAKE_EARLY_NS;
      final long maxNs = Math.min(MAX_WAIT_NS, untilNs);
      if (maxNs > 0) {
        transport.await(maxNs);
        lastCycleNs = clock.nanoTime();
        stalls.onWake(lastCycleNs - nowNs - maxNs);
      }
    }
  }

  private int fire(final long nowTick) {
    int fired = 0;
    // Timers of VUs that have ended stay set; they must not keep a machine that is done from
    // ending.
    while (fired < MAX_FIRED && !machine.isComplete()) {
      final long tick = machine.nextTick();
      if (tick > nowTick) {
        machine.advance(nowTick);
        return fired;
      }
      fired += machine.advance(tick);
    }
    return fired;
  }

  private void flush(final long nowNs) {
    if (flushIntervalNs > 0 && nowNs - lastFlushNs >= flushIntervalNs) {
      writer.flush();
      lastFlushNs = nowNs;
    }
  }
}
