package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.expression.Expression;
import java.util.List;

/** Compiles steps that do others again. */
final class LoopCompiler {
  private final FlowCode code;
  private final Nested nested;
  private final List<Flow.Loop> loops;

  LoopCompiler(final FlowCode code, final Nested nested) {
    this.code = code;
    this.nested = nested;
    loops = code.parts().loops;
  }

  void compile(final Step.Repeat step, final Place place) {
    final int slot = code.counted();
    final int target = code.pc();
    nested.compile(step.steps(), place.looped());
    again(slot, step.times(), target);
  }

  void compile(final Step.While step, final Place place) {
    final int slot = code.counted();
    final int target = code.pc();
    final Place within = place.looped();
    final int branch = code.unless(step.condition(), within);
    nested.compile(step.steps(), within);
    again(slot, step.max(), target);
    code.land(branch);
  }

  private void again(final int slot, final long times, final int target) {
    code.emit(Program.REPEAT, loops.size());
    loops.add(new Flow.Loop(slot, times, target));
  }

  void compile(final Step.During step, final Place place) {
    final int loop = loops.size();
    loops.add(new Flow.Loop(code.slots().take(), step.durationNs(), code.pc() + 1));
    code.emit(Program.DURING, loop);
    nested.compile(step.steps(), place.looped());
    code.emit(Program.DURING_END, loop);
  }

  void compile(final Step.ForEach step, final Place place) {
    final List<Logic.Walk> walks = code.parts().logic.walks;
    final Expression items = code.expressions().expression(step.items());
    code.visit(place, items.draws());
    final int index = walks.size();
    walks.add(null); // its exit is not known yet
    code.emit(Program.FOREACH, index);
    final int target = code.pc();
    final Symbols symbols = code.expressions().symbols();
    final int list = symbols.unnamed();
    final int slot = code.slots().take();
    nested.compile(step.steps(), place.looped());
    code.emit(Program.FOREACH_END, index);
    walks.set(
        index,
        new Logic.Walk(
            items,
            place.path().site(),
            list,
            slot,
            symbols.variable(step.as()),
            target,
            code.pc()));
  }

  void compile(final Step.Retry step, final Place place) {
    final int slot = code.counted();
    final int failureSlot =
        step.until().isPresent() || asksOnce(step.steps()) ? Flow.NONE : code.counted();
    final int target = code.pc();
    final Place within = place.tried(slot, failureSlot);
    nested.compile(step.steps(), within);
    if (failureSlot != Flow.NONE) {
      code.emit(Program.TRIED, failureSlot);
    }
    step.until().ifPresent(until -> code.test(Program.UNTIL, until, within, "until"));
    final Step.Backoff backoff = step.backoff();
    if (backoff.jitter()) {
      code.visit(within);
    }
    code.emit(Program.RETRY, code.parts().retries.size());
    code.parts()
        .retries
        .add(
            new Flow.Retry(
                slot,
                step.times(),
                backoff.initialNs(),
                backoff.factor(),
                backoff.maxNs(),
                backoff.jitter(),
                place.path().site(),
                target));
    code.remember(place);
  }

  /** Whether each try makes one request: whether that has failed is known without remembering. */
  private static boolean asksOnce(final List<Step> steps) {
    return steps.stream().filter(Step.Ask.class::isInstance).count() == 1
        && steps.stream()
            .allMatch(
                step ->
                    step instanceof Step.Ask
                        || (step.nested().isEmpty() && !(step instanceof Step.Parallel)));
  }
}
