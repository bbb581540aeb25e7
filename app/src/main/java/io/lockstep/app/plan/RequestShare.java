package io.lockstep.app.plan;

import io.lockstep.app.run.FlowText;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    final List<RequestShare> shares = new ArrayList<>();
    for (final RequestPlan request : plan.requests()) {
      if (request.scenario() == scenario.index()) {
        shares.add(new RequestShare(request.index(), share(plan, scenario, request.index())));
      }
    }
    return shares;
  }

  private static OptionalDouble share(
      final Plan plan, final ScenarioPlan scenario, final int request) {
    if (!new FlowText(plan, scenario).isShort()) {
      return OptionalDouble.empty();
    }
    final Program program = plan.program();
    if (program.operation(scenario.entry()) != Program.CHOOSE) {
      return OptionalDouble.of(1);
    }
    final Choice choice = plan.choices().get(program.argument(scenario.entry()));
    double sum = 0;
    double own = 0;
    for (int i = 0; i < choice.targets().length(); i++) {
      final long weight = choice.weights().get(i);
      sum += weight;
      own += program.argument((int) choice.targets().get(i)) == request ? weight : 0;
    }
    return OptionalDouble.of(own / sum);
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
