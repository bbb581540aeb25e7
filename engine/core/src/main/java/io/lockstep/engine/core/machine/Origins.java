package io.lockstep.engine.core.machine;

import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which responses the variables of a VU come from: what its preview lacks. */
final class Origins {
  private final Plan plan;
  private final ScenarioPlan scenario;
  private final ShardState shard;
  private final int vu;
  private final List<String> names;

  /** By variable: from where, in words, those come that an expression has set. */
  private final Map<Integer, List<String>> assigned = new TreeMap<>();

  /** Name of the last request; empty before the first. */
  private String last = "";

  Origins(final ShardState shard, final ScenarioPlan scenario, final int vu) {
    this.shard = shard;
    this.scenario = scenario;
    this.vu = vu;
    plan = shard.plan;
    names = plan.flow().of(scenario.index()).memory().variables();
  }

  /** A request is answered. */
  void answered(final String request) {
    last = request;
  }

  /** A variable is set. */
  void set(final int value, final Expression expression) {
    assigned.put(value, of(expression).values().stream().flatMap(List::stream).toList());
  }

  /** What an expression lacks, in a clause for each; empty where it lacks nothing of a response. */
  String lacks(final Expression expression) {
    return of(expression).entrySet().stream()
        .map(lacking -> lacking.getKey() + " comes from " + or(lacking.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String or(final List<String> sources) {
    return sources.stream().distinct().sorted().collect(Collectors.joining(" or "));
  }

  /** From where, by what the expression looks at. */
  private Map<String, List<String>> of(final Expression expression) {
    final Map<String, List<String>> found = new TreeMap<>();
    for (int at = 0; at < expression.length(); at += Op.length(expression.code(at))) {
      final int operand = at + 1 < expression.length() ? expression.code(at + 1) : 0;
      switch (expression.code(at)) {
        case Op.VARIABLE -> add(found, name(operand), variable(operand));
        case Op.SETUP -> add(found, setup(operand), List.of("the setup"));
        default -> {
          // no variable
        }
      }
    }
    if (expression.usesResponse() && !last.isEmpty()) {
      add(found, "`" + expression.text() + "`", List.of(response(last)));
    }
    return found;
  }

  private static void add(
      final Map<String, List<String>> found, final String name, final List<String> sources) {
    if (!name.isEmpty() && !sources.isEmpty()) {
      found.put(name, sources);
    }
  }

  private static String response(final String request) {
    return "the response of " + request;
  }

  private String name(final int value) {
    return value < names.size() ? names.get(value) : "";
  }

  private List<String> variable(final int value) {
    final List<String> sources = new ArrayList<>(assigned.getOrDefault(value, List.of()));
    if (shard.variables.get(vu, value).isNull()) {
      for (final RequestPlan request : plan.requests()) {
        if (request.scenario() == scenario.index() && extracts(request, name(value))) {
          sources.add(response(request.name()));
        }
      }
    }
    return sources;
  }

  private static boolean extracts(final RequestPlan request, final String name) {
    return request.use().extractions().stream().map(Extraction::name).anyMatch(name::equals);
  }

  /** Its name where it stands for what nobody knows; else empty. */
  private String setup(final int index) {
    final List<String> values = plan.phases().values();
    return index < values.size()
            && GivenValue.of(shard.variables.setup().get(index))
                .equals(PreviewSetup.unknown(values.get(index)))
        ? Phases.SETUP + "." + values.get(index)
        : "";
  }
}
