package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles steps of which one part of several is done. */
final class BranchCompiler {
  private final FlowCode code;
  private final Nested nested;

  BranchCompiler(final FlowCode code, final Nested nested) {
    this.code = code;
    this.nested = nested;
  }

  void compile(final Step.If step, final Place place) {
    final int branch = code.unless(step.condition(), place);
    nested.compile(step.then(), place, "then", Optional.empty());
    if (step.otherwise().isEmpty()) {
      code.land(branch);
    } else {
      final int exit = code.jump();
      code.land(branch);
      nested.compile(step.otherwise(), place, "else", Optional.empty());
      code.land(List.of(exit));
    }
  }

  void compile(final Step.Switch step, final Place place) {
    final LogicParts logic = code.parts().logic;
    final Expression subject = code.expressions().expression(step.subject());
    code.visit(place, subject.draws());
    final int index = logic.cases.size();
    logic.cases.add(null); // its targets are not known yet
    code.emit(Program.SWITCH, index);
    final List<Integer> exits = new ArrayList<>();
    final List<Long> targets = new ArrayList<>();
    step.cases()
        .forEach(
            (text, steps) -> {
              targets.add((long) code.pc());
              nested.compile(steps, place, "case", Optional.of(text));
              exits.add(code.jump());
            });
    final int otherwise = code.pc();
    nested.compile(step.otherwise(), place, "default", Optional.empty());
    code.land(exits);
    logic.cases.set(
        index,
        new Logic.Cases(
            subject,
            place.path().site(),
            List.copyOf(step.cases().keySet()),
            LongArray.of(targets.stream().mapToLong(Long::longValue).toArray()),
            otherwise));
  }

  void compile(final Step.Choose step, final Place place) {
    final List<Choice> choices = code.parts().choices;
    code.visit(place);
    final int index = choices.size();
    final boolean inTurn = step.manner() == Step.Manner.ROUND_ROBIN;
    choices.add(null); // its targets are not known yet
    code.emit(inTurn ? Program.ROUND_ROBIN : Program.CHOOSE, index);
    final int count = step.options().size();
    final long[] targets = new long[count];
    final List<Integer> exits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      final Step.Option option = step.options().get(i);
      targets[i] = code.pc();
      nested.compile(option.steps(), place, "option", option.id());
      if (i < count - 1) {
        exits.add(code.jump());
      }
    }
    code.land(exits);
    final long[] weights = step.options().stream().mapToLong(Step.Option::weight).toArray();
    choices.set(
        index, new Choice(place.path().site(), LongArray.of(weights), LongArray.of(targets)));
  }
}
