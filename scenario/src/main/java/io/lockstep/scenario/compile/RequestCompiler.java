package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Sending;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles requests and how they are answered in simulation. */
final class RequestCompiler {
  private static final String SIMULATE = "simulate";
  private static final long CONTINUE_NS = 1_000_000_000L;

  private final LoadTest test;
  private final Ticks ticks;
  private final LogicParts logic;
  private final List<RequestPlan> requests = new ArrayList<>();
  private final Set<Integer> answering = new HashSet<>();
  private final List<List<Tag>> tags = new ArrayList<>();
  private final List<Simulation.Response> responses = new ArrayList<>();

  RequestCompiler(final LoadTest test, final Ticks ticks, final LogicParts logic) {
    this.logic = logic;
    this.test = test;
    this.ticks = ticks;
  }

  List<RequestPlan> requests() {
    return requests;
  }

  /** {@code null} where the test has no simulated target. */
  Simulation simulation() {
    return test.simulate().map(s -> new Simulation(s.servers(), responses)).orElse(null);
  }

  /** Tags of the samples of each, by index. */
  List<List<Tag>> tags() {
    return tags;
  }

  /**
   * Adds a request of a scenario.
   *
   * @param groupTags of the groups that it is in
   * @param path where it is
   * @param expressions compiles its templates
   * @return its index in the plan
   */
  int add(
      final Scenario scenario,
      final int scenarioIndex,
      final Request request,
      final List<Tag> groupTags,
      final StepPath path,
      final ExpressionCompiler expressions) {
    final int index = requests.size();
    final BodyParts body = BodyParts.of(request, path, expressions);
    checkVersion(body, expressions);
    final AddedParts added = AddedParts.of(test, request, body, expressions);
    if (added.answersChallenges()) {
      answering.add(scenarioIndex);
    }
    final RequestText text =
        RequestText.of(
            request, headers(request), test.headerTemplates(), added, body, path, expressions);
    text.dynamic(index).ifPresent(logic.requests::add);
    addConditions(index, request, path, expressions);
    tags.add(tags(scenario, request, groupTags));
    requests.add(
        new RequestPlan(
            index,
            scenarioIndex,
            request.name(),
            request.method(),
            text.path(),
            text.headers(),
            text.body(),
            ticks.of(request.timeoutNs().orElse(test.timeoutNs())),
            request.use().capture().or(scenario.browsing().capture()),
            RequestDigest.of(
                request.method(), text.path(), text.headers(), text.body(), text.files()),
            request.use(),
            new Sending(text.files(), continueNs(request, text))));
    test.simulate()
        .ifPresent(simulate -> responses.add(response(simulate, scenario.name(), request.name())));
    return index;
  }

  /** Files are sent over HTTP/1.1 alone; reports where nothing else is to be spoken than HTTP/2. */
  private void checkVersion(final BodyParts body, final ExpressionCompiler expressions) {
    if (test.connections().http().version() == HttpUse.Version.HTTP_2 && !body.files().isEmpty()) {
      expressions
          .in()
          .conflict(
              body.files().get(0).reference().offset(),
              "files in bodies are not sent over HTTP/2, and `connections.http_version` is 2",
              "say `http_version: auto` or `http_version: 1.1`");
    }
  }

  /** A header that says so has the body wait as the key does. */
  private static long continueNs(final Request request, final RequestText text) {
    if (request.continueNs().isPresent()) {
      return request.continueNs().getAsLong();
    }
    final boolean said =
        text.headers().stream()
            .anyMatch(
                header ->
                    lowerName(header).equals("expect")
                        && header.value().toLowerCase(Locale.ROOT).equals("100-continue"));
    return said ? CONTINUE_NS : Sending.AT_ONCE;
  }

  /** Compiles the checks that are expressions. */
  private void addConditions(
      final int index,
      final Request request,
      final StepPath path,
      final ExpressionCompiler expressions) {
    int next = 0;
    for (int i = 0; i < request.use().checks().size(); i++) {
      final Check check = request.use().checks().get(i);
      if (check.condition() instanceof Check.Expression) {
        final SourceExpression condition = request.conditions().get(next++);
        logic.checks.add(
            new Logic.CheckCondition(
                index,
                i,
                expressions.expression(condition),
                path.site("check", request.name(), check.name())));
      }
    }
  }

  /** Whether requests of a scenario answer challenges. */
  boolean answersChallenges(final int scenario) {
    return answering.contains(scenario);
  }

  /** At least so much is kept of all responses of a scenario. */
  void keep(final int scenario, final Capture capture) {
    if (capture != Capture.NONE) {
      requests.replaceAll(
          request -> request.scenario() == scenario ? request.keeping(capture) : request);
    }
  }

  /** The request's tags, then those of the scenario that it does not replace, then its group. */
  private static List<Tag> tags(
      final Scenario scenario, final Request request, final List<Tag> groupTags) {
    final List<Tag> tags = new ArrayList<>(request.tags());
    scenario.tags().stream()
        .filter(tag -> request.tags().stream().noneMatch(own -> own.name().equals(tag.name())))
        .forEach(tags::add);
    tags.addAll(groupTags);
    return tags;
  }

  /** The file's headers that the request does not replace, then its own. */
  private List<Header> headers(final Request request) {
    final Set<String> own =
        request.headers().stream().map(RequestCompiler::lowerName).collect(Collectors.toSet());
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
    final Simulation.Response bare =
        new Simulation.Response(
            Site.of(SIMULATE, "latency", request),
            answer.latency(),
            Site.of(SIMULATE, "errors", request),
            answer.errors(),
            answer.status(),
            answer.bytes());
    return bare.with(answer.headers(), answer.body(), answer.bytes());
  }
}
