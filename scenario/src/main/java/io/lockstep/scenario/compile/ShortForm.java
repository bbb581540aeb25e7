package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Think;
import java.util.List;
import java.util.Optional;

/**
 * The short form of an iteration: {@code [CHOOSE] REQUEST [JUMP] … [THINK] END}. One request alone
 * is not chosen, the last one needs no jump, and a think time of constant zero is none.
 */
final class ShortForm {
  private static final String REQUESTS = "requests";

  private ShortForm() {}

  static void compile(
      final Scenario scenario,
      final int scenarioIndex,
      final Parts parts,
      final RequestCompiler requests,
      final ExpressionCompiler expressions) {
    final StepPath path = StepPath.of(REQUESTS);
    final Code code = parts.code;
    final int count = scenario.requests().size();
    final int first = count == 1 ? code.pc() : code.pc() + 1;
    if (count > 1) {
      code.emit(Program.CHOOSE, parts.choices.size());
      parts.choices.add(choice(scenario.requests(), first));
    }
    final int end = first + 2 * count - 1;
    for (int i = 0; i < count; i++) {
      final Request request = scenario.requests().get(i);
      code.emit(
          Program.REQUEST,
          requests.add(
              scenario,
              scenarioIndex,
              request,
              List.of(),
              path.next("request", Optional.of(request.name())),
              expressions));
      if (i < count - 1) {
        code.emit(Program.JUMP, end);
      }
    }
    if (scenario.think().isPresent() && !isZero(scenario.think().get())) {
      code.emit(Program.THINK, parts.thinks.size());
      parts.thinks.add(new Think(Site.of("think"), scenario.think().get()));
    }
    code.emit(Program.END, 0);
  }

  static boolean isZero(final Distribution distribution) {
    return distribution instanceof Distribution.Constant constant && constant.valueNs() == 0;
  }

  private static Choice choice(final List<Request> requests, final int first) {
    final long[] weights = requests.stream().mapToLong(Request::weight).toArray();
    final long[] targets = new long[weights.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = first + 2L * i;
    }
    return new Choice(Site.of("choose"), LongArray.of(weights), LongArray.of(targets));
  }
}
