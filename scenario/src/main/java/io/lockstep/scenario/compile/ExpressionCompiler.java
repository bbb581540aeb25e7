package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Op;
import io.lockstep.scenario.plan.expression.Template;
import io.lockstep.scenario.read.Reading;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compiles the expressions of one scenario, and notes what its VUs must remember for them. What is
 * wrong is reported, and stands as null from then on: such a plan is never run.
 */
final class ExpressionCompiler {
  private final Symbols symbols;
  private final Slots slots;
  private final Reading in;
  private final ExpressionRules rules;
  private final Environment environment;

  /** Whether what comes is no iteration, but what a VU does once. */
  private boolean once;

  ExpressionCompiler(
      final Scenario scenario,
      final LoadTest test,
      final List<FeederPlan> feeders,
      final Environment environment,
      final Slots slots,
      final Stage stage,
      final Reading in) {
    this.environment = environment;
    this.slots = slots;
    this.in = in;
    rules =
        new ExpressionRules(
            feeders.stream()
                .map(of -> new ExpressionRules.FeederUse(of.name(), of.mode(), of.per()))
                .toList(),
            test.recording(),
            stage.phase());
    symbols =
        new Symbols(
            variables(scenario), VariableKinds.of(scenario), test, feeders, environment, stage);
  }

  private static Set<String> variables(final Scenario scenario) {
    final Set<String> names = new LinkedHashSet<>();
    scenario.requests().forEach(request -> add(request, names));
    final Flow flow = scenario.flow();
    add(flow.start(), names);
    add(flow.steps(), names);
    add(flow.stop(), names);
    return names;
  }

  private static void add(final List<Step> steps, final Set<String> names) {
    for (final Step step : steps) {
      if (step instanceof Step.Ask ask) {
        add(ask.request(), names);
      } else if (step instanceof Step.Parallel parallel) {
        parallel.requests().forEach(request -> add(request, names));
      } else if (step instanceof Step.Assign assign) {
        names.addAll(assign.values().keySet());
      } else if (step instanceof Step.ForEach each) {
        names.add(each.as());
      }
      step.nested().forEach(nested -> add(nested, names));
    }
  }

  private static void add(final Request request, final Set<String> names) {
    request.use().extractions().stream().map(Extraction::name).forEach(names::add);
  }

  /** What comes is done once by each VU, before or after its iterations. */
  void once(final boolean newOnce) {
    once = newOnce;
  }

  Reading in() {
    return in;
  }

  Environment environment() {
    return environment;
  }

  Symbols symbols() {
    return symbols;
  }

  /** What the scenario's VUs remember, once all is compiled. */
  Memory memory() {
    return symbols.memory();
  }

  Expression expression(final SourceExpression source) {
    final Expression compiled = source.compile(symbols, in);
    if (compiled == null) {
      return nothing();
    }
    note(compiled);
    rules.check(compiled, once, (message, advice) -> source.reject(in, message, advice));
    return compiled;
  }

  Template template(final SourceTemplate source) {
    final Template compiled = source.compile(symbols, in);
    if (compiled == null) {
      return Template.constant("");
    }
    final ExpressionRules.Rejection reject =
        (message, advice) -> source.reject(in, message, advice);
    for (int i = 0; i < compiled.expressions(); i++) {
      note(compiled.expression(i));
      rules.check(compiled.expression(i), once, reject);
    }
    return compiled;
  }

  private void note(final Expression compiled) {
    if (compiled.usesResponse() && !symbols.hasResponseSlot()) {
      symbols.responseSlot(slots.take(Memory.RESPONSE_SLOTS));
    }
    if (compiled.usesWholeBody()) {
      symbols.body();
    }
    if (compiled.usesSize()) {
      symbols.size();
    }
    for (final int feeder : compiled.feeders()) {
      if (!symbols.hasRow(feeder)) {
        symbols.row(feeder, slots.take());
      }
    }
  }

  private static Expression nothing() {
    return new Expression("null", new int[] {Op.NULL}, List.of(), Kind.NULL.mask());
  }
}
