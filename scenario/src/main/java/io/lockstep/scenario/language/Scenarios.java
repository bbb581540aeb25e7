package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scenarios of a file, still without their names. */
final class Scenarios {
  static final int MAX_SCENARIOS = 1_000;

  /** In all scenarios together. */
  static final int MAX_REQUESTS = 10_000;

  static final int MAX_REDIRECTS = 100;

  /** Where a file has them. */
  static final String KEY_NAME = "scenarios";

  static final String LOAD_KEY = "load";
  static final String REQUESTS_KEY = "requests";

  private static final Key<LoadProfile> LOAD =
      Key.required(LOAD_KEY, Loads.TYPE, "who starts iterations, and when");
  private static final Key<Distribution> THINK =
      Key.optional("think", Distributions.TYPE, "pause after each request; none by default");
  private static final Key<List<Tag>> TAGS =
      Key.optional(Tags.KEY, Tags.TYPE, List.of(), "{}", "tags of all its samples, for thresholds");
  private static final Key<List<Request>> REQUESTS =
      Key.optional(
          REQUESTS_KEY,
          new ListType<>("requests", Requests.TYPE, MAX_REQUESTS),
          List.of(),
          "",
          "an iteration makes one of them, chosen by weight");
  private static final Key<List<Step>> FLOW =
      Key.optional(
          "flow",
          Steps.LIST,
          List.of(),
          "",
          "what an iteration does, step by step, instead of `requests`");
  private static final Key<List<Step>> START =
      Key.optional(
          "start", Steps.LIST, List.of(), "", "what each VU does before its first iteration");
  private static final Key<List<Step>> STOP =
      Key.optional("stop", Steps.LIST, List.of(), "", "what each VU does after its last iteration");

  /** The flows that each VU does once. */
  static final List<Key<List<Step>>> ONCE = List.of(START, STOP);

  private static final Key<Boolean> COOKIES =
      Key.optional(
          "cookies",
          Booleans.TYPE,
          false,
          "false",
          "whether each VU keeps cookies and sends them back");
  private static final Key<Long> REDIRECTS =
      Key.optional(
          "redirects",
          new IntegerType("a number of redirects", 0, MAX_REDIRECTS),
          0L,
          "0",
          "how many redirects in a row are followed");
  private static final Key<Boolean> CACHE =
      Key.optional(
          "cache",
          Booleans.TYPE,
          false,
          "false",
          "whether each VU keeps responses as a browser's cache does");

  /** A scenario without its name. */
  record Body(
      LoadProfile load,
      Optional<Distribution> think,
      List<Tag> tags,
      List<Request> requests,
      Flow flow,
      ScenarioTiming timing,
      Browsing browsing) {
    /** Those of the short form, and those of all steps. */
    List<Request> allRequests() {
      final List<Request> all = new ArrayList<>(requests);
      all.addAll(Steps.requests(flow.start()));
      all.addAll(Steps.requests(flow.steps()));
      all.addAll(Steps.requests(flow.stop()));
      return all;
    }
  }

  static final ObjectType<Body> BODY =
      new ObjectType<>("a scenario", keys(), rules(), Scenarios::body)
          .instead("sleep", "write `think`, such as think: 1s")
          .instead("steps", "write `flow`: a list of steps that each iteration does")
          .instead(Once.SETUP.name(), Once.INSTEAD_OF_SETUP)
          .instead(Once.TEARDOWN.name(), Once.INSTEAD_OF_TEARDOWN);

  static final MapType<Body> TYPE =
      new MapType<>("scenarios", NameRules::scenarioNameFault, BODY, 1, MAX_SCENARIOS);

  private Scenarios() {}

  private static List<Key<?>> keys() {
    final List<Key<?>> keys = new ArrayList<>(List.of(LOAD));
    keys.addAll(Timings.KEYS);
    keys.addAll(List.of(THINK, TAGS, REQUESTS, FLOW, START, STOP, COOKIES, REDIRECTS, CACHE));
    return keys;
  }

  private static List<Rule> rules() {
    final List<Rule> rules =
        new ArrayList<>(
            List.of(
                new Rule(List.of(), Scenarios::hasOneForm),
                new Rule(List.of(LOAD), Scenarios::vusLastWhereTheyStart)));
    rules.addAll(Timings.rules(LOAD));
    return rules;
  }

  /** Looks at the keys alone, so that a fault within one of them is no reason for another error. */
  private static boolean hasOneForm(final Values v) {
    final boolean requests = v.isThere(REQUESTS);
    final boolean flow = v.isThere(FLOW);
    if (!requests && !flow) {
      v.in()
          .missing(
              v.offset(),
              "a scenario needs `requests` or `flow`",
              REQUESTS.description() + "; or " + FLOW.description());
    } else if (requests && flow) {
      v.in()
          .conflict(
              Math.max(v.keyOffset(REQUESTS), v.keyOffset(FLOW)),
              "a scenario has `requests` or `flow`, not both",
              FLOW.description());
    } else if (flow && v.isThere(THINK)) {
      v.in()
          .conflict(
              v.keyOffset(THINK),
              "`think` belongs to the short form with `requests`",
              "write it as a step of the flow: `- think: 1s`");
      return false;
    }
    return requests != flow;
  }

  /** Where each iteration is a new user, the VU that serves it is incidental. */
  private static boolean vusLastWhereTheyStart(final Values v) {
    final boolean fits = v.get(LOAD).vusLast() || !(v.isThere(START) || v.isThere(STOP));
    if (!fits) {
      v.in()
          .conflict(
              v.offset(LOAD),
              "`start` and `stop` need VUs that last, and here each iteration is a new user",
              "write those steps into `flow`, or use a closed model such as constant-vus");
    }
    return fits;
  }

  private static Body body(final Values v) {
    final Flow flow = new Flow(v.get(START), v.get(FLOW), v.get(STOP));
    final boolean pauses =
        v.has(THINK)
            || Timings.slow(v)
            || Steps.any(
                flow.steps(), step -> step instanceof Step.Think || step instanceof Step.Pace);
    if (!pauses && !v.get(LOAD).isOpen() && !isOver(v.get(LOAD), v.get(REQUESTS).isEmpty())) {
      v.in()
          .warn(
              Diagnostic.Kind.NO_THINK_TIME,
              v.offset(LOAD),
              "without `think`, each VU sends its next request as soon as the last one has ended",
              "add `think: 1s` for users who pause, or `think: 0s` to say that this is meant");
    }
    return new Body(
        v.get(LOAD),
        Optional.ofNullable(v.get(THINK)),
        v.get(TAGS),
        v.get(REQUESTS),
        flow,
        Timings.timing(v),
        browsing(v));
  }

  /** Whether there is nothing to pause before: one user's only iteration, or its only request. */
  private static boolean isOver(final LoadProfile load, final boolean flow) {
    if (load instanceof LoadProfile.PerVuIterations each) {
      return each.iterations() == 1 && (each.vus() == 1 || !flow);
    }
    return load instanceof LoadProfile.SharedIterations shared && shared.iterations() == 1;
  }

  private static Browsing browsing(final Values v) {
    return new Browsing(v.get(COOKIES), v.get(REDIRECTS).intValue(), v.get(CACHE));
  }
}
