package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.EvaluationFailure;
import io.lockstep.engine.core.expression.Evaluator;
import io.lockstep.engine.core.expression.TextBuffer;
import io.lockstep.engine.core.expression.Truth;
import io.lockstep.engine.core.feeder.FeederRows;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;

/**
 * The instructions that compute: conditions, variables, lists, log texts. None of them takes time.
 * Where an expression comes to no value, {@link #FAILED} stands for where to go on, and {@link
 * #failure} says why until it is taken.
 */
final class VuLogic {
  /** Where an iteration cannot go on. */
  static final int FAILED = -2;

  private final Logic.Branch[] branches;
  private final Logic.Cases[] cases;
  private final Logic.Assignment[] assignments;
  private final Logic.Walk[] walks;
  private final Logic.Log[] logs;
  private final VuMeasurements measurements;
  private final VuTable table;
  private final VuSlots slots;
  private final VuVariables variables;
  private final VuScope scope;
  private final VuNotes notes;
  private final Evaluator evaluator = new Evaluator();
  private final TextBuffer text = new TextBuffer();
  private final Value subject = new Value();
  private EvaluationFailure failure;

  VuLogic(final ShardState shard, final VuNotes notes) {
    final Logic logic = shard.plan.logic();
    branches = logic.branches().toArray(Logic.Branch[]::new);
    cases = logic.cases().toArray(Logic.Cases[]::new);
    assignments = logic.assignments().toArray(Logic.Assignment[]::new);
    walks = logic.walks().toArray(Logic.Walk[]::new);
    logs = logic.logs().toArray(Logic.Log[]::new);
    measurements = new VuMeasurements(shard, evaluator);
    table = shard.table;
    slots = shard.slots;
    variables = shard.variables;
    scope = new VuScope(shard);
    this.notes = notes;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  VuNotes notes() {
    return notes;
  }

  /** What a VU's expressions see in a tick. */
  VuScope scope(final int vu, final long tick) {
    return scope.of(vu, tick);
  }

  /** The last expression came to no value. */
  int failed() {
    failure = evaluator.failure();
    return FAILED;
  }

  /** Why the last one failed. */
  EvaluationFailure failure() {
    return failure;
  }

  /** As {@link VuScope#takeMissing}: whether it failed for the want of a row of data. */
  long takeMissing() {
    return scope.takeMissing();
  }

  /** Whether the test is to end for the want of a row. */
  static boolean stopsTest(final long missing) {
    return missing == FeederRows.STOP_TEST;
  }

  /**
   * Does an instruction; returns where to go on, or {@link #FAILED}.
   *
   * @param visit how often the VU was at the instruction in this iteration
   */
  int run(
      final int operation,
      final int argument,
      final int pc,
      final int vu,
      final long visit,
      final long tick) {
    scope.of(vu, tick);
    return switch (operation) {
      case Program.UNLESS -> {
        final Logic.Branch branch = branches[argument];
        final Truth truth = evaluator.test(branch.condition(), branch.site(), visit, scope);
        yield truth == Truth.FAILED ? failed() : truth == Truth.TRUE ? pc + 1 : branch.target();
      }
      case Program.UNTIL -> {
        final Logic.Branch branch = branches[argument];
        final Truth truth = evaluator.test(branch.condition(), branch.site(), visit, scope);
        table.failed(vu, truth == Truth.FALSE);
        yield truth == Truth.FAILED ? failed() : pc + 1;
      }
      case Program.SET -> {
        final Logic.Assignment set = assignments[argument];
        if (!evaluator.assign(set.expression(), set.site(), visit, scope)) {
          yield failed();
        }
        variables.get(vu, set.value()).copy(evaluator.result());
        yield pc + 1;
      }
      case Program.SWITCH -> choose(cases[argument], visit);
      case Program.FOREACH -> begin(walks[argument], vu, visit);
      case Program.MEASURE -> {
        if (!measurements.take(argument, vu, visit, scope)) {
          failure = measurements.failure();
          yield FAILED;
        }
        yield pc + 1;
      }
      case Program.LOG -> log(logs[argument], vu, visit) ? pc + 1 : failed();
      default -> throw new IllegalStateException("operation " + operation + " at " + pc);
    };
  }

  private int choose(final Logic.Cases of, final long visit) {
    if (!evaluator.evaluate(of.subject(), of.site(), visit, scope)) {
      return failed();
    }
    subject.copy(evaluator.result());
    if (subject.isNull()) {
      return of.otherwise();
    }
    Texts.toText(subject);
    if (subject.isFailure()) {
      failure = new EvaluationFailure(of.subject().text(), subject.failure());
      return FAILED;
    }
    final int index = of.texts().indexOf(subject.text());
    return index < 0 ? of.otherwise() : (int) of.targets().get(index);
  }

  private int begin(final Logic.Walk walk, final int vu, final long visit) {
    if (!evaluator.evaluate(walk.items(), walk.site(), visit, scope)) {
      return failed();
    }
    final Value items = evaluator.result();
    if (items.isNull() || evaluator.isUnknown(walk.items(), scope)) {
      return walk.exit();
    }
    if (items.kind() != Kind.LIST) {
      failure =
          new EvaluationFailure(
              walk.items().text(), "`foreach` takes a list, not " + Operators.described(items));
      return FAILED;
    }
    variables.get(vu, walk.listValue()).copy(items);
    slots.set(vu, walk.indexSlot(), -1);
    return hasNext(walk, vu) ? next(walk, vu) : walk.exit();
  }

  /** Whether a walk has another round. */
  boolean hasNext(final int walk, final int vu) {
    return hasNext(walks[walk], vu);
  }

  private boolean hasNext(final Logic.Walk walk, final int vu) {
    final Value list = variables.get(vu, walk.listValue());
    return slots.get(vu, walk.indexSlot()) + 1 < list.list().size();
  }

  /** Goes on with the next item; returns where. */
  int next(final int walk, final int vu) {
    return next(walks[walk], vu);
  }

  private int next(final Logic.Walk walk, final int vu) {
    final int index = (int) slots.get(vu, walk.indexSlot()) + 1;
    slots.set(vu, walk.indexSlot(), index);
    variables
        .get(vu, walk.itemValue())
        .setItem(variables.get(vu, walk.listValue()).list().get(index));
    return walk.target();
  }

  private boolean log(final Logic.Log log, final int vu, final long visit) {
    text.clear();
    if (!evaluator.render(log.text(), log.site(), visit, scope, text, null)) {
      return false;
    }
    notes.log(vu, text);
    return true;
  }
}
