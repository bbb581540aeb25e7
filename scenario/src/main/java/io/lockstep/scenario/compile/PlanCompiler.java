package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Think;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compiles one model. An iteration of a scenario is {@code [CHOOSE] REQUEST [JUMP] … [THINK] END}:
 * one request alone is not chosen, the last one needs no jump, and a think time of constant zero is
 * none.
 */
public final class PlanCompiler {
  private static final String SIMULATE = "simulate";

  private final LoadTest test;
  private final List<ScenarioPlan> scenarios = new ArrayList<>();
  private final List<RequestPlan> requests = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>();
  private final List<Think> thinks = new ArrayList<>();
  private final List<Simulation.Response> responses = new ArrayList<>();

  /** Pairs of operation and argument. */
  private int[] code = new int[32];

  private int codeLength;

  private PlanCompiler(final LoadTest test) {
    this.test = test;
  }

  /** The plan of a model. */
  public static Plan compile(final LoadTest test) {
    return new PlanCompiler(test).plan();
  }

  private Plan plan() {
    final LoadCompiler loads = new LoadCompiler(test);
    int firstVu = 0;
    for (final Scenario scenario : test.scenarios()) {
      addScenario(scenario, firstVu, loads);
      firstVu = Math.addExact(firstVu, scenario.load().vus());
    }
    final Plan undigested = plan("");
    return plan(PlanDigest.of(undigested));
  }

  private Plan plan(final String digest) {
    return new Plan(
        test.name(),
        test.seed(),
        test.tickNs(),
        test.target().orElse(null),
        test.connections(),
        scenarios,
        requests,
        Program.of(Arrays.copyOf(code, codeLength)),
        choices,
        thinks,
        test.simulate().map(s -> new Simulation(s.servers(), responses)).orElse(null),
        digest);
  }

  private void addScenario(final Scenario scenario, final int firstVu, final LoadCompiler loads) {
    final int index = scenarios.size();
    final int entry = pc();
    addProgram(scenario, index);
    scenarios.add(
        new ScenarioPlan(
            index,
            scenario.name(),
            Site.of("scenario", scenario.name()),
            loads.load(scenario.load()),
            entry,
            firstVu,
            scenario.load().vus(),
            ticks(scenario.load().gracefulStopNs()),
            loads.timing(scenario)));
  }

  private void addProgram(final Scenario scenario, final int scenarioIndex) {
    final int count = scenario.requests().size();
    final int first = count == 1 ? pc() : pc() + 1;
    if (count > 1) {
      emit(Program.CHOOSE, choices.size());
      choices.add(choice(scenario.requests(), first));
    }
    final int end = first + 2 * count - 1;
    for (int i = 0; i < count; i++) {
      emit(Program.REQUEST, requests.size());
      addRequest(scenario, scenario.requests().get(i), scenarioIndex);
      if (i < count - 1) {
        emit(Program.JUMP, end);
      }
    }
    if (scenario.think().isPresent() && !isZero(scenario.think().get())) {
      emit(Program.THINK, thinks.size());
      thinks.add(new Think(Site.of("think"), scenario.think().get()));
    }
    emit(Program.END, 0);
  }

  private static boolean isZero(final Distribution distribution) {
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

  private void addRequest(final Scenario scenario, final Request request, final int scenarioIndex) {
    final List<Header> headers = headers(request);
    requests.add(
        new RequestPlan(
            requests.size(),
            scenarioIndex,
            request.name(),
            request.method(),
            request.path(),
            headers,
            request.body(),
            ticks(request.timeoutNs().orElse(test.timeoutNs())),
            RequestDigest.of(request.method(), request.path(), headers, request.body())));
    test.simulate()
        .ifPresent(simulate -> responses.add(response(simulate, scenario.name(), request.name())));
  }

  /** The file's headers that the request does not replace, then its own. */
  private List<Header> headers(final Request request) {
    final Set<String> own =
        request.headers().stream().map(PlanCompiler::lowerName).collect(Collectors.toSet());
    final List<Header> headers = new ArrayList<>();
    test.headers().stream().filter(h -> !own.contains(lowerName(h))).forEach(headers::add);
    headers.addAll(request.headers());
    return headers;
  }

  private static String lowerName(final Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }

  private static Simulation.Response response(
      final Simulate simulate, final String scenario, final String request) {
    final Simulate.Difference difference =
        simulate.differences().get(new RequestName(scenario, request));
    final Simulate.Answer answer =
        difference == null ? simulate.answer() : simulate.answer().with(difference);
    return new Simulation.Response(
        Site.of(SIMULATE, "latency", request),
        answer.latency(),
        Site.of(SIMULATE, "errors", request),
        answer.errors(),
        answer.status(),
        answer.bytes());
  }

  /** Whole ticks, rounded up. */
  private long ticks(final long ns) {
    return LoadCompiler.ticks(ns, test.tickNs());
  }

  private int pc() {
    return codeLength / 2;
  }

  private void emit(final int operation, final int argument) {
    if (codeLength == code.length) {
      code = Arrays.copyOf(code, codeLength * 2);
    }
    code[codeLength++] = operation;
    code[codeLength++] = argument;
  }
}
