package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles the flows of one scenario. A step in a loop that draws is preceded by a {@link
 * Program#VISIT}, so that it draws anew in each round; steps outside of loops need none.
 */
final class FlowCompiler {
  private final Scenario scenario;
  private final int index;
  private final Parts parts;
  private final Code code;
  private final RequestCompiler requests;
  private final Ticks ticks;
  private final Slots slots;
  private final ExpressionCompiler expressions;
  private int lanes = 1;
  private int paceSlot = Flow.NONE;
  private int groupSlot = Flow.NONE;

  FlowCompiler(
      final Scenario scenario,
      final int index,
      final Parts parts,
      final RequestCompiler requests,
      final Ticks ticks,
      final Slots slots,
      final ExpressionCompiler expressions) {
    this.slots = slots;
    this.expressions = expressions;
    this.scenario = scenario;
    this.index = index;
    this.parts = parts;
    this.code = parts.code;
    this.requests = requests;
    this.ticks = ticks;
  }

  /**
   * What a step is within.
   *
   * @param path of the list of steps that it is in
   * @param looped whether it may be visited more than once in an iteration
   * @param group index of the innermost group, or {@link Flow#NONE}
   * @param attemptSlot of the innermost retry, or {@link Flow#NONE}
   */
  private record Place(StepPath path, boolean looped, int group, int attemptSlot) {
    Place at(final StepPath newPath) {
      return new Place(newPath, looped, group, attemptSlot);
    }

    Place looped(final int newAttemptSlot) {
      return new Place(path, true, group, newAttemptSlot);
    }

    Place in(final int newGroup) {
      return new Place(path, looped, newGroup, attemptSlot);
    }
  }

  /** Adds the flow; returns where an iteration begins. */
  int compile() {
    final int entry = code.pc();
    if (scenario.flow().steps().isEmpty()) {
      ShortForm.compile(scenario, index, parts, requests, expressions);
    } else {
      whole("flow", scenario.flow().steps());
    }
    expressions.once(true);
    final int start = optional("start", scenario.flow().start());
    final int stop = optional("stop", scenario.flow().stop());
    final Memory memory = expressions.memory();
    requests.keep(index, memory.capture());
    parts.flows.add(
        new Flow.ScenarioFlow(start, stop, slots.count(), lanes, paceSlot, groupSlot, memory));
    return entry;
  }

  private int optional(final String key, final List<Step> steps) {
    return steps.isEmpty() ? Flow.NONE : whole(key, steps);
  }

  private int whole(final String key, final List<Step> steps) {
    final int entry = code.pc();
    steps(steps, new Place(StepPath.of(key), false, Flow.NONE, Flow.NONE));
    code.emit(Program.END, 0);
    return entry;
  }

  private void steps(final List<Step> steps, final Place place) {
    for (final Step step : steps) {
      step(step, place.at(place.path().next(step)));
    }
  }

  private void step(final Step step, final Place place) {
    if (step instanceof Step.Ask ask) {
      ask(ask, place);
    } else if (step instanceof Step.Think think) {
      think(think, place);
    } else if (step instanceof Step.Pace pace) {
      pace(pace, place);
    } else if (step instanceof Step.Group group) {
      group(group, place);
    } else if (step instanceof Step.Choose choose) {
      choose(choose, place);
    } else if (step instanceof Step.Repeat repeat) {
      repeat(repeat, place);
    } else if (step instanceof Step.During during) {
      during(during, place);
    } else if (step instanceof Step.Retry retry) {
      retry(retry, place);
    } else if (step instanceof Step.Parallel parallel) {
      parallel(parallel, place);
    } else if (step instanceof Step.Rendezvous rendezvous) {
      rendezvous(rendezvous);
    } else if (step instanceof Step.Stop stop) {
      code.emit(Program.STOP, argument(stop.what()));
    } else {
      logic(step, place);
    }
  }

  private void logic(final Step step, final Place place) {
    if (step instanceof Step.If branch) {
      branch(branch, place);
    } else if (step instanceof Step.Switch cases) {
      cases(cases, place);
    } else if (step instanceof Step.While loop) {
      loop(loop, place);
    } else if (step instanceof Step.ForEach each) {
      walk(each, place);
    } else if (step instanceof Step.Assign assign) {
      assign(assign, place);
    } else if (step instanceof Step.Log log) {
      final Template text = expressions.template(log.text());
      visit(place, draws(text));
      code.emit(Program.LOG, parts.logic.logs.size());
      parts.logic.logs.add(new Logic.Log(text, place.path().site()));
    } else {
      throw new IllegalStateException("no instructions for " + step);
    }
  }

  private void branch(final Step.If branch, final Place place) {
    final int index = unless(branch.condition(), place);
    steps(branch.then(), place.at(place.path().next("then", Optional.empty())));
    if (branch.otherwise().isEmpty()) {
      target(index, code.pc());
    } else {
      final int exit = code.emit(Program.JUMP, 0);
      target(index, code.pc());
      steps(branch.otherwise(), place.at(place.path().next("else", Optional.empty())));
      code.patch(exit, code.pc());
    }
  }

  /** Adds a jump to where is not known yet; returns the branch. */
  private int unless(final SourceExpression condition, final Place place) {
    return test(Program.UNLESS, condition, place, "if");
  }

  private int test(
      final int operation, final SourceExpression condition, final Place place, final String part) {
    final Expression compiled = expressions.expression(condition);
    visit(place, compiled.draws());
    final int index = parts.logic.branches.size();
    code.emit(operation, index);
    parts.logic.branches.add(new Logic.Branch(compiled, place.path().site(part), Flow.NONE));
    return index;
  }

  private void target(final int branch, final int target) {
    final Logic.Branch open = parts.logic.branches.get(branch);
    parts.logic.branches.set(branch, new Logic.Branch(open.condition(), open.site(), target));
  }

  private void cases(final Step.Switch step, final Place place) {
    final Expression subject = expressions.expression(step.subject());
    visit(place, subject.draws());
    final int index = parts.logic.cases.size();
    parts.logic.cases.add(null); // its targets are not known yet
    code.emit(Program.SWITCH, index);
    final List<Integer> exits = new ArrayList<>();
    final List<Long> targets = new ArrayList<>();
    step.cases()
        .forEach(
            (text, steps) -> {
              targets.add((long) code.pc());
              steps(steps, place.at(place.path().next("case", Optional.of(text))));
              exits.add(code.emit(Program.JUMP, 0));
            });
    final int otherwise = code.pc();
    steps(step.otherwise(), place.at(place.path().next("default", Optional.empty())));
    exits.forEach(exit -> code.patch(exit, code.pc()));
    parts.logic.cases.set(
        index,
        new Logic.Cases(
            subject,
            place.path().site(),
            List.copyOf(step.cases().keySet()),
            LongArray.of(targets.stream().mapToLong(Long::longValue).toArray()),
            otherwise));
  }

  private void loop(final Step.While loop, final Place place) {
    final int slot = slots.take();
    code.emit(Program.CLEAR, slot);
    final int target = code.pc();
    final Place within = place.looped(place.attemptSlot());
    final int branch = unless(loop.condition(), within);
    steps(loop.steps(), within);
    code.emit(Program.REPEAT, parts.loops.size());
    parts.loops.add(new Flow.Loop(slot, loop.max(), target));
    target(branch, code.pc());
  }

  private void walk(final Step.ForEach each, final Place place) {
    final Expression items = expressions.expression(each.items());
    visit(place, items.draws());
    final int index = parts.logic.walks.size();
    parts.logic.walks.add(null); // its exit is not known yet
    code.emit(Program.FOREACH, index);
    final int target = code.pc();
    final int list = expressions.symbols().unnamed();
    final int slot = slots.take();
    steps(each.steps(), place.looped(place.attemptSlot()));
    code.emit(Program.FOREACH_END, index);
    parts.logic.walks.set(
        index,
        new Logic.Walk(
            items,
            place.path().site(),
            list,
            slot,
            expressions.symbols().variable(each.as()),
            target,
            code.pc()));
  }

  private void assign(final Step.Assign assign, final Place place) {
    assign
        .values()
        .forEach(
            (name, source) -> {
              final Expression value = expressions.expression(source);
              visit(place, value.draws());
              code.emit(Program.SET, parts.logic.assignments.size());
              parts.logic.assignments.add(
                  new Logic.Assignment(
                      expressions.symbols().variable(name), value, place.path().site(name)));
            });
  }

  private static int draws(final Template template) {
    int draws = 0;
    for (int i = 0; i < template.expressions(); i++) {
      draws += template.expression(i).draws();
    }
    return draws;
  }

  private void visit(final Place place, final int draws) {
    if (draws > 0) {
      visit(place);
    }
  }

  private void ask(final Step.Ask ask, final Place place) {
    if (place.attemptSlot() != Flow.NONE) {
      code.emit(Program.ATTEMPT, place.attemptSlot());
    }
    visit(place);
    code.emit(Program.REQUEST, added(ask.request(), place.path(), place));
  }

  private void think(final Step.Think think, final Place place) {
    if (!ShortForm.isZero(think.duration())) {
      visit(place, think.duration());
      code.emit(Program.THINK, parts.thinks.size());
      parts.thinks.add(new Think(place.path().site(), think.duration()));
    }
  }

  private void pace(final Step.Pace pace, final Place place) {
    if (paceSlot == Flow.NONE) {
      paceSlot = slots.take();
    }
    visit(place, pace.interval());
    code.emit(Program.PACE, parts.paces.size());
    parts.paces.add(new Flow.Pace(paceSlot, place.path().site(), pace.interval()));
  }

  private void group(final Step.Group group, final Place place) {
    if (groupSlot == Flow.NONE) {
      groupSlot = slots.take();
    }
    final int added = parts.groups.size();
    parts.groups.add(new Flow.Group(index, group.name(), place.group(), slots.take()));
    code.emit(Program.GROUP, added);
    steps(group.steps(), place.in(added));
    code.emit(Program.GROUP_END, added);
  }

  private void choose(final Step.Choose choose, final Place place) {
    visit(place);
    final int choice = parts.choices.size();
    final boolean inTurn = choose.manner() == Step.Manner.ROUND_ROBIN;
    parts.choices.add(null); // its targets are not known yet
    code.emit(inTurn ? Program.ROUND_ROBIN : Program.CHOOSE, choice);
    final int count = choose.options().size();
    final long[] targets = new long[count];
    final List<Integer> exits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      final Step.Option option = choose.options().get(i);
      targets[i] = code.pc();
      steps(option.steps(), place.at(place.path().next("option", option.id())));
      if (i < count - 1) {
        exits.add(code.emit(Program.JUMP, 0));
      }
    }
    exits.forEach(exit -> code.patch(exit, code.pc()));
    final long[] weights = choose.options().stream().mapToLong(Step.Option::weight).toArray();
    parts.choices.set(
        choice, new Choice(place.path().site(), LongArray.of(weights), LongArray.of(targets)));
  }

  private void repeat(final Step.Repeat repeat, final Place place) {
    final int slot = slots.take();
    code.emit(Program.CLEAR, slot);
    final int target = code.pc();
    steps(repeat.steps(), place.looped(place.attemptSlot()));
    code.emit(Program.REPEAT, parts.loops.size());
    parts.loops.add(new Flow.Loop(slot, repeat.times(), target));
  }

  private void during(final Step.During during, final Place place) {
    final int loop = parts.loops.size();
    parts.loops.add(new Flow.Loop(slots.take(), during.durationNs(), code.pc() + 1));
    code.emit(Program.DURING, loop);
    steps(during.steps(), place.looped(place.attemptSlot()));
    code.emit(Program.DURING_END, loop);
  }

  private void retry(final Step.Retry retry, final Place place) {
    final int slot = slots.take();
    code.emit(Program.CLEAR, slot);
    final int target = code.pc();
    steps(retry.steps(), place.looped(slot));
    retry.until().ifPresent(until -> test(Program.UNTIL, until, place.looped(slot), "until"));
    if (retry.backoff().jitter()) {
      visit(place.looped(slot));
    }
    code.emit(Program.RETRY, parts.retries.size());
    parts.retries.add(
        new Flow.Retry(
            slot,
            retry.times(),
            retry.backoff().initialNs(),
            retry.backoff().factor(),
            retry.backoff().maxNs(),
            retry.backoff().jitter(),
            place.path().site(),
            target));
  }

  private void parallel(final Step.Parallel parallel, final Place place) {
    final int count = parallel.requests().size();
    final int max = Math.min(parallel.max(), count);
    int first = Flow.NONE;
    for (int i = 0; i < count; i++) {
      final Request request = parallel.requests().get(i);
      final StepPath path = place.path().next("request", Optional.of(request.name()));
      final int added = added(request, path, place);
      first = i == 0 ? added : first;
    }
    lanes = Math.max(lanes, max);
    final int visitSlot = place.looped() ? slots.take() : Flow.NONE;
    code.emit(Program.PARALLEL, parts.pages.size());
    parts.pages.add(
        new Flow.Page(
            first, count, max, visitSlot, place.attemptSlot(), slots.take(), slots.take()));
  }

  private void rendezvous(final Step.Rendezvous rendezvous) {
    code.emit(Program.RENDEZVOUS, parts.meetings.size());
    parts.meetings.add(
        new Flow.Meeting(rendezvous.users(), ticks.of(rendezvous.timeoutNs()), slots.take(2)));
  }

  private int added(final Request request, final StepPath path, final Place place) {
    return requests.add(scenario, index, request, groupTags(place), path, expressions);
  }

  private List<Tag> groupTags(final Place place) {
    return place.group() == Flow.NONE
        ? List.of()
        : List.of(new Tag(Tag.GROUP, parts.groups.get(place.group()).name()));
  }

  private static int argument(final Step.What what) {
    return switch (what) {
      case ITERATION -> Program.ITERATION;
      case VU -> Program.VU;
      case TEST -> Program.TEST;
    };
  }

  private void visit(final Place place, final Distribution drawn) {
    if (!(drawn instanceof Distribution.Constant)) {
      visit(place);
    }
  }

  private void visit(final Place place) {
    if (place.looped()) {
      code.emit(Program.VISIT, slots.take());
    }
  }
}
