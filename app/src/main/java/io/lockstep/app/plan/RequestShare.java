package io.lockstep.app.plan;

import io.lockstep.app.run.FlowText;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A request of a scenario and how often it is made.
 *
 * @param request index in the plan
 * @param share of all requests, 0 to 1; empty where a flow decides
 */
record RequestShare(int request, OptionalDouble share) {
  /** Those of a scenario, in the order of the plan. */
  static List<RequestShare> of(final Plan plan, final ScenarioPlan scenario) {
    final boolean isShort = new FlowText(plan, scenario).isShort();
    final Map<Integer, Double> shares = isShort ? shares(plan, scenario) : Map.of();
    return plan.requests().stream()
        .filter(request -> request.scenario() == scenario.index())
        .map(
            request ->
                new RequestShare(
                    request.index(),
                    isShort
                        ? OptionalDouble.of(shares.getOrDefault(request.index(), 0.0))
                        : OptionalDouble.empty()))
        .toList();
  }

  private static Map<Integer, Double> shares(final Plan plan, final ScenarioPlan scenario) {
    final Program program = plan.program();
    final int entry = scenario.entry();
    if (program.operation(entry) != Program.CHOOSE) {
      return Map.of(program.argument(entry), 1.0);
    }
    final Choice choice = plan.choices().get(program.argument(entry));
    double sum = 0;
    for (int i = 0; i < choice.weights().length(); i++) {
      sum += choice.weights().get(i);
    }
    final Map<Integer, Double> shares = new HashMap<>();
    for (int i = 0; i < choice.targets().length(); i++) {
      final int request = program.argument((int) choice.targets().get(i));
      shares.merge(request, choice.weights().get(i) / sum, Double::sum);
    }
    return shares;
  }

  /** In a line. */
  String text(final Plan plan) {
    final RequestPlan asked = plan.requests().get(request);
    final String often =
        share.isPresent()
            ? String.format(Locale.ROOT, "%5.1f%%", 100 * share.getAsDouble())
            : "in flow";
    return often + "  " + asked.name() + "  " + asked.method() + " " + asked.path();
  }
}
