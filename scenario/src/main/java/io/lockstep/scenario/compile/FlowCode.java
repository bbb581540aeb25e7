package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.expression.Expression;

/**
 * Instructions of one scenario in the making, and what steps of all kinds need for theirs. A step
 * in a loop that draws is preceded by a {@link Program#VISIT}, so that it draws anew in each round;
 * steps outside of loops need none.
 */
final class FlowCode {
  private final Parts parts;
  private final Slots slots;
  private final ExpressionCompiler expressions;

  FlowCode(final Parts parts, final Slots slots, final ExpressionCompiler expressions) {
    this.parts = parts;
    this.slots = slots;
    this.expressions = expressions;
  }

  Parts parts() {
    return parts;
  }

  Slots slots() {
    return slots;
  }

  ExpressionCompiler expressions() {
    return expressions;
  }

  /** Where the next instruction comes. */
  int pc() {
    return parts.code.pc();
  }

  /** Adds an instruction; returns where it is. */
  int emit(final int operation, final int argument) {
    return parts.code.emit(operation, argument);
  }

  /** Adds a jump to where is not known yet; returns where it is. */
  int jump() {
    return emit(Program.JUMP, 0);
  }

  /** Lets jumps go to what comes next. */
  void land(final Iterable<Integer> jumps) {
    jumps.forEach(jump -> parts.code.patch(jump, pc()));
  }

  /** Adds a jump, taken where a condition does not hold, to where is not known yet. */
  int unless(final SourceExpression condition, final Place place) {
    return test(Program.UNLESS, condition, place, "if");
  }

  /** Adds an instruction that looks at a condition; returns its branch. */
  int test(
      final int operation, final SourceExpression condition, final Place place, final String part) {
    final Expression compiled = expressions.expression(condition);
    visit(place, compiled.draws());
    final int branch = parts.logic.branches.size();
    emit(operation, branch);
    parts.logic.branches.add(new Logic.Branch(compiled, place.path().site(part), Flow.NONE));
    return branch;
  }

  /** Lets a branch go to what comes next. */
  void land(final int branch) {
    final Logic.Branch open = parts.logic.branches.get(branch);
    parts.logic.branches.set(branch, new Logic.Branch(open.condition(), open.site(), pc()));
  }

  /** Counts the visits of a step that draws so often. */
  void visit(final Place place, final int draws) {
    if (draws > 0) {
      visit(place);
    }
  }

  /** Counts the visits of a step that draws from a distribution. */
  void visit(final Place place, final Distribution drawn) {
    if (!(drawn instanceof Distribution.Constant)) {
      visit(place);
    }
  }

  /** Counts the visits of a step. */
  void visit(final Place place) {
    if (place.isLooped()) {
      emit(Program.VISIT, slots.take());
    }
  }

  /** Lets the retry around requests remember whether they have failed. */
  void remember(final Place place) {
    if (place.failureSlot() != Flow.NONE) {
      emit(Program.FAILURE, place.failureSlot());
    }
  }

  /** Begins a loop that counts its rounds; returns the slot. */
  int counted() {
    final int slot = slots.take();
    emit(Program.CLEAR, slot);
    return slot;
  }
}
