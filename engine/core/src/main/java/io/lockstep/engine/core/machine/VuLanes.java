package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;

/**
 * Requests that one VU has under way side by side. Lane 0 of a VU is its own slot at the transport,
 * the others come after the slots of all VUs: for the transport they are like VUs of their own.
 * Memory is spent for the scenarios with parallel steps alone.
 */
final class VuLanes {
  private static final int FREE = 0;

  private final VuTable table;
  private final int vus;
  private final int[] lanes;

  /** By scenario: where the lanes of local VU 0 would begin, in the arrays and in the slots. */
  private final int[] bases;

  private final int[] slotBases;

  private final int[] seqs;
  private final int[] requests;
  private final long[] intendedNs;
  private final int[] owners;

  VuLanes(final Plan plan, final ScenarioRun[] scenarios, final VuTable table, final int vus) {
    this.table = table;
    this.vus = vus;
    lanes = new int[scenarios.length];
    bases = new int[scenarios.length];
    slotBases = new int[scenarios.length];
    final boolean[] paged = new boolean[scenarios.length];
    for (final Flow.Page page : plan.flow().pages()) {
      paged[plan.requests().get(page.firstRequest()).scenario()] = true;
    }
    int size = 0;
    int slots = vus;
    for (int i = 0; i < scenarios.length; i++) {
      final int count = scenarios[i].endLocal - scenarios[i].firstLocal;
      lanes[i] = plan.flow().of(i).lanes();
      if (paged[i]) {
        bases[i] = size - scenarios[i].firstLocal * lanes[i];
        size = Math.addExact(size, Math.multiplyExact(count, lanes[i]));
        slotBases[i] = slots - scenarios[i].firstLocal * (lanes[i] - 1);
        slots = Math.addExact(slots, Math.multiplyExact(count, lanes[i] - 1));
      }
    }
    seqs = new int[size];
    requests = new int[size];
    intendedNs = new long[size];
    owners = new int[slots - vus];
    for (int i = 0; i < scenarios.length; i++) {
      for (int vu = scenarios[i].firstLocal; vu < scenarios[i].endLocal; vu++) {
        for (int lane = 1; lane < lanes[i]; lane++) {
          owners[slotBases[i] + vu * (lanes[i] - 1) + lane - 1 - vus] = vu;
        }
      }
    }
  }

  /** How many requests of a plan a shard can have under way. */
  static int localLanes(final Plan plan, final int shard, final int shards) {
    long sum = Machine.localVus(plan, shard, shards);
    for (final ScenarioPlan scenario : plan.scenarios()) {
      final int extra = plan.flow().of(scenario.index()).lanes() - 1;
      final long count =
          below((long) scenario.firstVu() + scenario.vus(), shard, shards)
              - below(scenario.firstVu(), shard, shards);
      sum += extra * count;
    }
    return Math.toIntExact(sum);
  }

  /** By slot at the transport: the VU whose it is, both local. */
  static int[] owners(final Plan plan, final int shard, final int shards) {
    final int[] owners = new int[localLanes(plan, shard, shards)];
    int slot = Machine.localVus(plan, shard, shards);
    for (int vu = 0; vu < slot; vu++) {
      owners[vu] = vu;
    }
    for (final ScenarioPlan scenario : plan.scenarios()) {
      final int extra = plan.flow().of(scenario.index()).lanes() - 1;
      final long end = below((long) scenario.firstVu() + scenario.vus(), shard, shards);
      for (long vu = below(scenario.firstVu(), shard, shards); vu < end; vu++) {
        for (int lane = 0; lane < extra; lane++) {
          owners[slot++] = (int) vu;
        }
      }
    }
    return owners;
  }

  private static long below(final long vu, final int shard, final int shards) {
    return (vu - shard + shards - 1) / shards;
  }

  /** Slots at the transport. */
  int slots() {
    return vus + owners.length;
  }

  /** The VU of a slot at the transport, both local. */
  int owner(final int slot) {
    return slot < vus ? slot : owners[slot - vus];
  }

  /** The local slot at the transport of a lane. */
  int slot(final int vu, final int lane) {
    final int scenario = table.scenario(vu);
    return lane == 0 ? vu : slotBases[scenario] + vu * (lanes[scenario] - 1) + lane - 1;
  }

  private int index(final int vu, final int lane) {
    final int scenario = table.scenario(vu);
    return bases[scenario] + vu * lanes[scenario] + lane;
  }

  /** The lane of a request that is under way, or -1. */
  int find(final int vu, final int max, final int requestSeq) {
    final int first = index(vu, 0);
    for (int lane = 0; lane < max; lane++) {
      if (seqs[first + lane] == requestSeq) {
        return lane;
      }
    }
    return -1;
  }

  /** The first lane without a request, or -1. */
  int findFree(final int vu, final int max) {
    return find(vu, max, FREE);
  }

  /** Whether none of a VU's requests is under way. */
  boolean areFree(final int vu, final int max) {
    final int first = index(vu, 0);
    for (int lane = 0; lane < max; lane++) {
      if (seqs[first + lane] != FREE) {
        return false;
      }
    }
    return true;
  }

  void take(
      final int vu, final int lane, final int requestSeq, final int request, final long atNs) {
    final int index = index(vu, lane);
    seqs[index] = requestSeq;
    requests[index] = request;
    intendedNs[index] = atNs;
  }

  void free(final int vu, final int lane) {
    seqs[index(vu, lane)] = FREE;
  }

  boolean isFree(final int vu, final int lane) {
    return seqs[index(vu, lane)] == FREE;
  }

  int requestSeq(final int vu, final int lane) {
    return seqs[index(vu, lane)];
  }

  int request(final int vu, final int lane) {
    return requests[index(vu, lane)];
  }

  long intendedNs(final int vu, final int lane) {
    return intendedNs[index(vu, lane)];
  }
}
