package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import java.util.List;

/** Compiles the flows of one scenario. */
final class FlowCompiler {
  private final Scenario scenario;
  private final int index;
  private final Parts parts;
  private final RequestCompiler requests;
  private final Ticks ticks;
  private final Slots slots;
  private final ExpressionCompiler expressions;
  private final FlowCode code;
  private final AskCompiler asks;
  private final BranchCompiler branches;
  private final LoopCompiler loops;
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
    this.requests = requests;
    this.ticks = ticks;
    code = new FlowCode(parts, slots, expressions);
    asks = new AskCompiler(scenario, index, requests, code);
    branches = new BranchCompiler(code, this::steps);
    loops = new LoopCompiler(code, this::steps);
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
        new Flow.ScenarioFlow(
            start, stop, slots.count(), asks.lanes(), paceSlot, groupSlot, memory));
    return entry;
  }

  private int optional(final String key, final List<Step> steps) {
    return steps.isEmpty() ? Flow.NONE : whole(key, steps);
  }

  private int whole(final String key, final List<Step> steps) {
    final int entry = code.pc();
    steps(steps, Place.of(key));
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
      asks.compile(ask, place);
    } else if (step instanceof Step.Parallel parallel) {
      asks.compile(parallel, place);
    } else if (step instanceof Step.Think think) {
      think(think, place);
    } else if (step instanceof Step.Pace pace) {
      pace(pace, place);
    } else if (step instanceof Step.Group group) {
      group(group, place);
    } else if (step instanceof Step.Rendezvous rendezvous) {
      rendezvous(rendezvous);
    } else if (step instanceof Step.Assign assign) {
      assign(assign, place);
    } else if (step instanceof Step.Measure measure) {
      measure(measure, place);
    } else if (step instanceof Step.Log log) {
      log(log, place);
    } else if (step instanceof Step.Stop stop) {
      code.emit(Program.STOP, argument(stop.what()));
    } else {
      control(step, place);
    }
  }

  private void control(final Step step, final Place place) {
    if (step instanceof Step.If branch) {
      branches.compile(branch, place);
    } else if (step instanceof Step.Switch cases) {
      branches.compile(cases, place);
    } else if (step instanceof Step.Choose choose) {
      branches.compile(choose, place);
    } else if (step instanceof Step.Repeat repeat) {
      loops.compile(repeat, place);
    } else if (step instanceof Step.While loop) {
      loops.compile(loop, place);
    } else if (step instanceof Step.During during) {
      loops.compile(during, place);
    } else if (step instanceof Step.ForEach each) {
      loops.compile(each, place);
    } else if (step instanceof Step.Retry retry) {
      loops.compile(retry, place);
    } else {
      throw new IllegalStateException("no instructions for " + step);
    }
  }

  private void think(final Step.Think think, final Place place) {
    if (!ShortForm.isZero(think.duration())) {
      code.visit(place, think.duration());
      code.emit(Program.THINK, parts.thinks.size());
      parts.thinks.add(new Think(place.path().site(), think.duration()));
    }
  }

  private void pace(final Step.Pace pace, final Place place) {
    if (paceSlot == Flow.NONE) {
      paceSlot = slots.take();
    }
    code.visit(place, pace.interval());
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

  private void rendezvous(final Step.Rendezvous rendezvous) {
    code.emit(Program.RENDEZVOUS, parts.meetings.size());
    parts.meetings.add(
        new Flow.Meeting(rendezvous.users(), ticks.of(rendezvous.timeoutNs()), slots.take(2)));
  }

  private void assign(final Step.Assign assign, final Place place) {
    assign
        .values()
        .forEach(
            (name, source) -> {
              final Expression value = expressions.expression(source);
              code.visit(place, value.draws());
              code.emit(Program.SET, parts.logic.assignments.size());
              parts.logic.assignments.add(
                  new Logic.Assignment(
                      expressions.symbols().variable(name), value, place.path().site(name)));
            });
  }

  private void measure(final Step.Measure measure, final Place place) {
    measure
        .values()
        .forEach(
            (name, source) -> {
              final int metric = parts.metric(name);
              final Expression value =
                  new SampleRules(expressions.in())
                      .checked(parts.metrics.get(metric), source, expressions.expression(source));
              code.visit(place, value.draws());
              code.emit(Program.MEASURE, parts.logic.measurements.size());
              parts.logic.measurements.add(
                  new Logic.Measurement(metric, value, place.path().site(name)));
            });
  }

  private void log(final Step.Log log, final Place place) {
    final Template text = expressions.template(log.text());
    code.visit(place, draws(text));
    code.emit(Program.LOG, parts.logic.logs.size());
    parts.logic.logs.add(new Logic.Log(text, place.path().site()));
  }

  private static int draws(final Template template) {
    int draws = 0;
    for (int i = 0; i < template.expressions(); i++) {
      draws += template.expression(i).draws();
    }
    return draws;
  }

  private static int argument(final Step.What what) {
    return switch (what) {
      case ITERATION -> Program.ITERATION;
      case VU -> Program.VU;
      case TEST -> Program.TEST;
    };
  }
}
