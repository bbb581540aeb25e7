package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.Truth;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ResponseReader;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.expression.Value;
import java.util.Arrays;
import java.util.List;

/**
 * What VUs do with responses: they take values from them, then hold them to their checks. A request
 * of whose response nothing is read costs one look into an array.
 */
final class VuReadings {
  /** No check that failed ends anything. */
  static final int GO_ON = CheckEnding.NONE;

  /** {@code null} for a plan that reads nothing. */
  private final ResponseReader reader;

  private final VuVariables variables;
  private final VuLogic logic;

  /** By scenario. */
  private final Memory[] memories;

  private final ResponsePublisher events;
  private final BodyFaults bodyFaults;
  private final MetricsTracker metrics;
  private final VuTable table;
  private final VuStates states;

  /** By request; {@code null} where nothing is read. */
  private final Use[] uses;

  /** How often the iteration made the request under way before; by local slot. */
  private final long[] visits;

  private final VariableSink sink;

  /** What is read: its values, its checks as the metrics count them, what each ends. */
  private static final class Use {
    private final int[] values;
    private final int checks;
    private final int firstCheck;
    private final int[] endings;
    private final Logic.CheckCondition[] conditions;

    Use(final Plan plan, final RequestPlan request, final int firstCheck) {
      final List<String> variables = plan.flow().of(request.scenario()).memory().variables();
      final List<Check> made = request.use().checks();
      this.firstCheck = firstCheck;
      values =
          request.use().extractions().stream()
              .map(Extraction::name)
              .mapToInt(variables::indexOf)
              .toArray();
      checks = made.size();
      endings = new int[checks];
      Arrays.setAll(endings, i -> CheckEnding.of(made.get(i).onFailure(), firstCheck + i));
      conditions =
          plan.logic().checks().stream()
              .filter(check -> check.request() == request.index())
              .toArray(Logic.CheckCondition[]::new);
    }
  }

  VuReadings(final ShardState shard, final VuLogic logic) {
    this.logic = logic;
    variables = shard.variables;
    events = shard.events.responses();
    bodyFaults = shard.events.bodyFaults();
    metrics = shard.metrics;
    table = shard.table;
    states = shard.states;
    final Plan plan = shard.plan;
    memories =
        plan.scenarios().stream()
            .map(scenario -> plan.flow().of(scenario.index()).memory())
            .toArray(Memory[]::new);
    final boolean readsAny =
        plan.requests().stream().anyMatch(request -> !request.use().isNone())
            || Arrays.stream(memories).anyMatch(memory -> !memory.captured().isEmpty());
    reader = readsAny ? shard.around.responses().reader(plan) : null;
    uses = new Use[plan.requests().size()];
    int checks = 0;
    for (final RequestPlan request : plan.requests()) {
      if (!request.use().isNone()) {
        uses[request.index()] = new Use(plan, request, checks);
      }
      checks += request.use().checks().size();
    }
    visits = new long[reader == null ? 0 : shard.lanes.slots()];
    sink = new VariableSink(variables);
  }

  /** A request is issued. */
  void onIssued(final int slot, final long visit) {
    if (visits.length > 0) {
      visits[slot] = visit;
    }
  }

  /**
   * Reads what came of a request.
   *
   * @return what its failed checks end, a {@link CheckEnding}: {@link #GO_ON} for nothing.
   */
  int read(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final Completion answer,
      final long intendedNs,
      final long tick) {
    final Use use = uses[request];
    final Memory memory = memories[table.scenario(vu)];
    if (use == null && memory.captured().isEmpty()) {
      return GO_ON;
    }
    reader.begin(answer);
    capture(vu, memory);
    int ending = GO_ON;
    if (use != null && use.values.length > 0) {
      extract(vu, slot, request, requestSeq, use, intendedNs);
    }
    if (use != null && use.checks > 0) {
      ending = check(vu, slot, request, requestSeq, use, intendedNs, tick);
    }
    countFault(vu, request, requestSeq, intendedNs);
    return ending;
  }

  /** Counts a body that something looked at and that its coding is wrong with. */
  private void countFault(
      final int vu, final int request, final int requestSeq, final long intendedNs) {
    final BodyFault fault = reader.bodyFault();
    if (fault != BodyFault.NONE) {
      bodyFaults.onFault(states.global(vu), requestSeq, request, fault);
      final RequestMetrics measured = metrics.measured(request, intendedNs);
      if (measured != null) {
        measured.onBodyFault(fault);
      }
    }
  }

  /** What expressions ask of the last response, while that is here. */
  private void capture(final int vu, final Memory memory) {
    for (int i = 0; i < memory.captured().size(); i++) {
      final Memory.Captured captured = memory.captured().get(i);
      final Value value = variables.get(vu, captured.value());
      switch (captured.part()) {
        case HEADER -> value.set(reader.header(captured.of()));
        case BODY -> value.set(reader.body());
        case JSON -> {
          reader.json(captured.of(), sink.of(value));
        }
        case SIZE -> {} // a figure of the completion, which is there already
      }
    }
  }

  private void extract(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final Use use,
      final long intendedNs) {
    final long missed =
        reader.extract(request, table.stream(vu), visits[slot], sink.of(vu, use.values));
    if (missed != 0) {
      events.valuesMissed(
          states.global(vu), table.scenario(vu), requestSeq, request, use.values.length, missed);
      final RequestMetrics measured = metrics.measured(request, intendedNs);
      if (measured != null) {
        measured.onMissed(missed);
      }
    }
  }

  private int check(
      final int vu,
      final int slot,
      final int request,
      final int requestSeq,
      final Use use,
      final long intendedNs,
      final long tick) {
    long failed = reader.check(request);
    for (final Logic.CheckCondition condition : use.conditions) {
      failed |= isTrue(vu, slot, condition, tick) ? 0 : 1L << condition.check();
    }
    events.checksEvaluated(
        states.global(vu), table.scenario(vu), requestSeq, request, use.checks, failed);
    int ending = GO_ON;
    for (int i = 0; i < use.checks; i++) {
      final boolean passed = (failed >>> i & 1) == 0;
      metrics.onCheck(use.firstCheck + i, request, passed, intendedNs);
      if (!passed) {
        ending = Math.max(ending, use.endings[i]);
      }
    }
    return ending;
  }

  /** Whether a condition is true; one that comes to no value is not. */
  private boolean isTrue(
      final int vu, final int slot, final Logic.CheckCondition check, final long tick) {
    final Truth truth =
        logic
            .evaluator()
            .test(check.condition(), check.site(), visits[slot], logic.scope(vu, tick));
    logic.takeMissing(); // that a feeder has no row left ends what asks for it next, not this
    return truth == Truth.TRUE;
  }
}
