package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Values;
import java.util.List;
import java.util.Optional;

/** The scenarios of a file, still without their names. */
final class Scenarios {
  static final int MAX_SCENARIOS = 1_000;

  /** In all scenarios together. */
  static final int MAX_REQUESTS = 10_000;

  static final int MAX_REDIRECTS = 100;

  static final String LOAD_KEY = "load";
  static final String REQUESTS_KEY = "requests";

  private static final Key<LoadProfile> LOAD =
      Key.required(LOAD_KEY, Loads.TYPE, "who starts iterations, and when");
  private static final Key<Distribution> THINK =
      Key.optional("think", Distributions.TYPE, "pause after each request; none by default");
  private static final Key<List<Tag>> TAGS =
      Key.optional(Tags.KEY, Tags.TYPE, List.of(), "{}", "tags of all its samples, for thresholds");
  private static final Key<List<Request>> REQUESTS =
      Key.required(
          REQUESTS_KEY,
          new ListType<>("requests", Requests.TYPE, MAX_REQUESTS),
          "an iteration makes one of them, chosen by weight");

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
      Browsing browsing) {}

  private static final ObjectType<Body> BODY =
      new ObjectType<>(
          "a scenario",
          List.of(LOAD, THINK, TAGS, REQUESTS, COOKIES, REDIRECTS, CACHE),
          Scenarios::body);

  static final MapType<Body> TYPE =
      new MapType<>("scenarios", NameRules::scenarioNameFault, BODY, 1, MAX_SCENARIOS);

  private Scenarios() {}

  private static Body body(final Values v) {
    if (!v.has(THINK) && !(v.get(LOAD) instanceof LoadProfile.ConstantArrivalRate)) {
      v.in()
          .warn(
              Diagnostic.Kind.NO_THINK_TIME,
              v.offset(LOAD),
              "without `think`, each VU sends its next request as soon as the last one has ended",
              "add `think: 1s` for users who pause, or `think: 0s` to say that this is meant");
    }
    return new Body(
        v.get(LOAD), Optional.ofNullable(v.get(THINK)), v.get(TAGS), v.get(REQUESTS), browsing(v));
  }

  private static Browsing browsing(final Values v) {
    return new Browsing(v.get(COOKIES), v.get(REDIRECTS).intValue(), v.get(CACHE));
  }
}
