package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Plan;

/** What expressions can ask of the last response of each VU, where any of them does. */
final class VuResponses {
  /** Beside the code of the outcome: the status is not one that the request expects. */
  static final int BAD_STATUS = 1 << 8;

  private final VuTable table;
  private final VuSlots slots;
  private final VuVariables variables;

  /** By scenario. */
  private final Memory[] memories;

  VuResponses(final ShardState shard) {
    table = shard.table;
    slots = shard.slots;
    variables = shard.variables;
    final Plan plan = shard.plan;
    memories =
        plan.scenarios().stream()
            .map(s -> plan.flow().of(s.index()).memory())
            .toArray(Memory[]::new);
  }

  /** A request of a VU has ended, and is its last one from now on. */
  void onCompletion(
      final int vu, final Completion completion, final boolean isBadStatus, final long intendedNs) {
    final Memory memory = memories[table.scenario(vu)];
    if (memory.responseSlot() == Flow.NONE) {
      return;
    }
    final int slot = memory.responseSlot();
    final long sentNs =
        completion.sentNs == Completion.NULL_TIME ? completion.lastByteNs : completion.sentNs;
    slots.set(
        vu, slot + Memory.OUTCOME, completion.outcome.code() | (isBadStatus ? BAD_STATUS : 0));
    slots.set(vu, slot + Memory.STATUS, completion.status);
    slots.set(vu, slot + Memory.SERVICE_NS, completion.lastByteNs - sentNs);
    slots.set(vu, slot + Memory.RESPONSE_NS, completion.lastByteNs - intendedNs);
    if (!memory.captured().isEmpty()) {
      variables.forgetResponse(vu);
      if (memory.sizeValue() != Flow.NONE && completion.content.hasBody()) {
        variables.get(vu, memory.sizeValue()).set(completion.content.bodyLength());
      }
    }
  }
}
