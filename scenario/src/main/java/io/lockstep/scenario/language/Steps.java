package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.ReferredType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.StepType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Steps of flows, those with parameters of their own apart: {@link StepParts}. */
final class Steps {
  /** In one list. */
  static final int MAX_STEPS = 10_000;

  static final String REQUEST_KEY = "request";

  static final long MAX_TIMES = 1_000_000_000;

  static final Type<List<Step>> NESTED =
      new ReferredType<>("steps", "a list of steps", () -> Steps.LIST);

  static final Key<String> ID =
      Key.optional(
          "id",
          new TextType("an id", false, NameRules::nameFault),
          "keeps the step's random draws where other steps of its kind come before it");
  private static final Key<List<Step>> STEPS = Key.required("steps", NESTED, "what to do");

  private static final Key<Request> REQUEST =
      Key.required(REQUEST_KEY, Requests.STEP_TYPE, "makes a request and waits for its end");
  private static final Key<Distribution> THINK =
      Key.required("think", Distributions.TYPE, "pauses");
  private static final Key<Distribution> PACE =
      Key.required(
          "pace",
          Distributions.TYPE,
          "waits until so long after the last pace, or the start of the iteration");
  private static final Key<String> GROUP =
      Key.required(
          "group",
          new TextType("a name", false, NameRules::nameFault),
          "times its steps as one, under this name");
  private static final Key<Step.Manner> CHOOSE =
      Key.required("choose", new EnumType<>(manners()), "does one of several things");
  private static final Key<Long> WEIGHT =
      Key.optional(
          "weight",
          new IntegerType("a weight", 1, Distributions.MAX_WEIGHT),
          1L,
          "1",
          "how often it is chosen, relative to the others");
  private static final Key<List<Step>> OPTION_STEPS =
      Key.optional("steps", NESTED, List.of(), "", "what to do; nothing by default");
  private static final ObjectType<Step.Option> OPTION =
      new ObjectType<>(
          "an option",
          List.of(ID, WEIGHT, OPTION_STEPS),
          v -> new Step.Option(id(v), v.get(WEIGHT), v.get(OPTION_STEPS)));
  private static final Key<List<Step.Option>> OPTIONS =
      Key.required("options", new ListType<>("options", OPTION, MAX_STEPS), "what is chosen from");
  private static final Key<Long> REPEAT =
      Key.required(
          "repeat",
          new IntegerType("a number of rounds", 1, MAX_TIMES),
          "does its steps so many times; as often as a variable says: `foreach: range(n)`");
  private static final Key<Long> DURING =
      Key.required(
          "during",
          UnitType.duration(1, LoadKeys.MAX_DURATION_NS),
          "begins its steps again until this time is over");
  private static final Key<StepParts.Tries> RETRY =
      Key.required("retry", StepParts.TRIES, "does its steps again as long as a request fails");
  private static final Key<Integer> PARALLEL =
      Key.required("parallel", StepParts.PARALLEL, "makes requests side by side");
  private static final Key<List<Request>> REQUESTS =
      Key.required(
          Scenarios.REQUESTS_KEY,
          new ListType<>("requests", Requests.STEP_TYPE, Scenarios.MAX_REQUESTS),
          "what is requested, in this order");
  private static final Key<StepParts.Meeting> RENDEZVOUS =
      Key.required("rendezvous", StepParts.MEETING, "waits until so many VUs are here");
  private static final Key<Step.What> STOP =
      Key.required("stop", new EnumType<>(whats()), "ends the iteration, the VU or the test");

  /** A step, by the key that says what it is. */
  static final StepType<Step> TYPE =
      new StepType<Step>("a step", variants()).instead(StepHints.BY_KEY);

  static final Type<List<Step>> LIST = new StepsType(TYPE);

  /** Those of a flow that is no part of the load. */
  static final Type<List<Step>> ONCE = new StepsType(TYPE.unlisted(Measuring.STEP_KEY));

  private Steps() {}

  private static Map<String, Step.Manner> manners() {
    final Map<String, Step.Manner> manners = new LinkedHashMap<>();
    manners.put("weighted", Step.Manner.WEIGHTED);
    manners.put("uniform", Step.Manner.UNIFORM);
    manners.put("round-robin", Step.Manner.ROUND_ROBIN);
    return manners;
  }

  private static Map<String, Step.What> whats() {
    final Map<String, Step.What> whats = new LinkedHashMap<>();
    whats.put("iteration", Step.What.ITERATION);
    whats.put("vu", Step.What.VU);
    whats.put("test", Step.What.TEST);
    return whats;
  }

  private static Map<String, ObjectType<? extends Step>> variants() {
    final Map<String, ObjectType<? extends Step>> variants = new LinkedHashMap<>();
    variants.put(
        REQUEST_KEY,
        new ObjectType<>("a request step", List.of(REQUEST), v -> new Step.Ask(v.get(REQUEST))));
    variants.put(
        "think",
        new ObjectType<>(
            "a think step", List.of(THINK, ID), v -> new Step.Think(id(v), v.get(THINK))));
    variants.put(
        "pace",
        new ObjectType<>("a pace step", List.of(PACE, ID), v -> new Step.Pace(id(v), v.get(PACE))));
    variants.put(
        "group",
        new ObjectType<>(
            "a group", List.of(GROUP, STEPS), v -> new Step.Group(v.get(GROUP), v.get(STEPS))));
    variants.put(
        "choose",
        new ObjectType<>(
            "a choose step",
            List.of(CHOOSE, OPTIONS, ID),
            List.of(new Rule(List.of(CHOOSE, OPTIONS), Steps::weightsDecide)),
            v -> new Step.Choose(id(v), v.get(CHOOSE), v.get(OPTIONS))));
    putLoops(variants);
    LogicSteps.put(variants);
    variants.put(
        "parallel",
        new ObjectType<>(
            "a parallel step",
            List.of(PARALLEL, REQUESTS, ID),
            v -> new Step.Parallel(id(v), v.get(PARALLEL), v.get(REQUESTS))));
    variants.put(
        "rendezvous",
        new ObjectType<>(
            "a rendezvous",
            List.of(RENDEZVOUS, ID),
            v ->
                new Step.Rendezvous(
                    id(v), v.get(RENDEZVOUS).users(), v.get(RENDEZVOUS).timeoutNs())));
    variants.put(
        "stop",
        new ObjectType<>("a stop step", List.of(STOP, ID), v -> new Step.Stop(id(v), v.get(STOP))));
    return variants;
  }

  private static void putLoops(final Map<String, ObjectType<? extends Step>> variants) {
    variants.put(
        "repeat",
        new ObjectType<>(
            "a repeat step",
            List.of(REPEAT, STEPS, ID),
            v -> new Step.Repeat(id(v), v.get(REPEAT), v.get(STEPS))));
    variants.put(
        "during",
        new ObjectType<>(
            "a during step",
            List.of(DURING, STEPS, ID),
            v -> new Step.During(id(v), v.get(DURING), v.get(STEPS))));
    variants.put(
        "retry",
        new ObjectType<>(
            "a retry step",
            List.of(RETRY, STEPS, ID),
            v ->
                new Step.Retry(
                    id(v),
                    v.get(RETRY).times(),
                    v.get(RETRY).backoff(),
                    v.get(RETRY).until(),
                    v.get(STEPS))));
  }

  static Optional<String> id(final Values v) {
    return Optional.ofNullable(v.get(ID));
  }

  private static boolean weightsDecide(final Values v) {
    final boolean given = v.get(OPTIONS).stream().anyMatch(option -> option.weight() != 1);
    if (given && v.get(CHOOSE) != Step.Manner.WEIGHTED) {
      v.in().conflict(v.offset(CHOOSE), "weights of options count with `choose: weighted` alone");
      return false;
    }
    return true;
  }

  /** The requests of these, at any depth. */
  static List<Request> requests(final List<Step> steps) {
    final List<Request> requests = new ArrayList<>();
    for (final Step step : steps) {
      if (step instanceof Step.Ask ask) {
        requests.add(ask.request());
      } else if (step instanceof Step.Parallel parallel) {
        requests.addAll(parallel.requests());
      }
      step.nested().forEach(nested -> requests.addAll(requests(nested)));
    }
    return requests;
  }

  /** Whether a step of these, at any depth, is such. */
  static boolean any(final List<Step> steps, final Predicate<Step> test) {
    for (final Step step : steps) {
      if (test.test(step) || step.nested().stream().anyMatch(list -> any(list, test))) {
        return true;
      }
    }
    return false;
  }
}
