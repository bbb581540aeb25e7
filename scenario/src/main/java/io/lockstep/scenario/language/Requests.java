package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Templates;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests of a scenario. */
final class Requests {
  static final UnitType TIMEOUT_TYPE = UnitType.duration(1, Distributions.MAX_NS);
  static final RequestHeadersType HEADERS_TYPE = new RequestHeadersType();

  private static final String DEFAULT_METHOD = "GET";

  private static final Key<String> NAME =
      Key.optional(
          "name",
          new TextType("a name", false, NameRules::nameFault),
          "what results call it, unique in the scenario; method and path by default");
  private static final Key<Long> WEIGHT =
      Key.optional(
          "weight",
          new IntegerType("a weight", 1, Distributions.MAX_WEIGHT),
          1L,
          "1",
          "how often it is chosen, relative to the others");
  private static final Key<String> METHOD =
      Key.optional(
          "method",
          new TextType("a method such as GET or POST", false, HttpRules::methodFault),
          DEFAULT_METHOD,
          DEFAULT_METHOD,
          "HTTP method");
  private static final Key<RequestTextType.Read> PATH =
      Key.required(
          "path",
          new RequestTextType(
              new TextType("a path such as /items?page=2", false, HttpRules::pathFault), true),
          "path and query, put after the target's own path");
  private static final Key<Map<String, SourceTemplate>> PARAMS =
      Key.optional(
          "params",
          QueryParameters.TYPE,
          Map.of(),
          "{}",
          "parameters of the query by name, put behind the path, percent-encoded");
  private static final Key<RequestHeadersType.Read> HEADERS =
      Key.optional(
          "headers",
          HEADERS_TYPE,
          RequestHeadersType.Read.NONE,
          "{}",
          "its own headers, which replace the file's of the same name");
  private static final RequestTextType.Read NO_BODY =
      new RequestTextType.Read("", Optional.empty());
  private static final Key<RequestTextType.Read> BODY =
      Key.optional(
          "body",
          new RequestTextType(new TextType("text", false, text -> Optional.empty()), false),
          NO_BODY,
          "\"\"",
          "sent as UTF-8, with any method");
  private static final Key<Long> TIMEOUT =
      Key.optional(
          "timeout", TIMEOUT_TYPE, "longest time to a complete response; the file's by default");
  private static final Key<List<Extraction>> EXTRACT =
      Key.optional(
          "extract",
          Extractions.TYPE,
          List.of(),
          "{}",
          "variables that its response sets, by name");
  private static final Key<List<Check>> CHECKS =
      Key.optional(
          "checks", Checks.TYPE, List.of(), "[]", "what its response should be; counted by name");
  private static final Key<List<Check.Range>> EXPECT =
      Key.optional(
          "expect",
          Statuses.TYPE,
          List.of(),
          "below 400",
          "statuses that are no failure: such as 404, 2xx, [200, 404] or {min: 200, max: 299}; all"
              + " others are one");
  private static final Key<List<Tag>> TAGS =
      Key.optional(
          Tags.KEY,
          Tags.TYPE,
          List.of(),
          "{}",
          "tags of its samples, for thresholds; replace the scenario's");

  private static final List<Rule> RULES = rules();

  private static final String URL_INSTEAD =
      "write `path`: what comes after the file's `target`, such as /items";

  private static final List<Key<?>> KEYS = keys();

  /** One of several that an iteration chooses from. */
  static final ObjectType<Request> TYPE = type(KEYS);

  /** A step of a flow, which nothing is chosen from. */
  static final ObjectType<Request> STEP_TYPE =
      type(KEYS.stream().filter(key -> !key.equals(WEIGHT)).toList());

  private Requests() {}

  private static List<Key<?>> keys() {
    final List<Key<?>> keys =
        new ArrayList<>(
            List.of(
                NAME,
                WEIGHT,
                METHOD,
                PATH,
                PARAMS,
                HEADERS,
                Authentication.OWN_AUTH,
                Authentication.OWN_TRACEPARENT,
                BODY));
    keys.addAll(Bodies.KEYS);
    keys.addAll(List.of(TIMEOUT, EXPECT, TAGS, EXTRACT, CHECKS));
    return List.copyOf(keys);
  }

  private static List<Rule> rules() {
    final List<Rule> rules = new ArrayList<>();
    rules.add(Authentication.apartFrom(HEADERS, Authentication.OWN_AUTH));
    rules.add(new Rule(List.of(PATH, PARAMS), Requests::fitsAPath));
    rules.addAll(Bodies.rules(BODY, HEADERS));
    return List.copyOf(rules);
  }

  private static ObjectType<Request> type(final List<Key<?>> keys) {
    return new ObjectType<Request>("a request", keys, RULES, Requests::request)
        .instead("url", URL_INSTEAD);
  }

  /** What is known of it at load. */
  private static boolean fitsAPath(final Values v) {
    final Map<String, SourceTemplate> parameters = v.get(PARAMS);
    final int length = v.get(PATH).text().length() + QueryParameters.leastLength(parameters);
    if (parameters.isEmpty() || length <= HttpRules.MAX_PATH) {
      return true;
    }
    v.in()
        .tooMany(
            v.offset(PARAMS),
            "path and parameters have "
                + length
                + " characters when encoded, at most "
                + HttpRules.MAX_PATH);
    return false;
  }

  private static Request request(final Values v) {
    final Request request =
        new Request(
            v.has(NAME) ? v.get(NAME) : defaultName(v.get(METHOD), spelled(v.node(PATH))),
            v.get(WEIGHT),
            v.get(METHOD),
            v.get(PATH).text(),
            v.get(HEADERS).headers(),
            v.get(BODY).text(),
            v.has(TIMEOUT) ? OptionalLong.of(v.get(TIMEOUT)) : OptionalLong.empty(),
            v.get(TAGS),
            new ResponseUse(v.get(EXTRACT), v.get(CHECKS), v.get(EXPECT)),
            templates(v),
            Checks.conditions(v.node(CHECKS), v.in()),
            Bodies.payload(v),
            Bodies.continueNs(v));
    v.in().found(request);
    return request;
  }

  private static Templates templates(final Values v) {
    final Templates templates =
        new Templates(
            v.get(PATH).template(),
            v.get(HEADERS).templateByName(),
            v.get(BODY).template(),
            v.get(PARAMS),
            Optional.ofNullable(v.get(Authentication.OWN_AUTH)),
            Optional.ofNullable(v.get(Authentication.OWN_TRACEPARENT)));
    return templates.isNone() ? Templates.NONE : templates;
  }

  private static String spelled(final Node text) {
    return ((ScalarNode) text).text();
  }

  private static String defaultName(final String method, final String path) {
    return method + " " + path;
  }

  /** The name that a node gives its request, whatever else is wrong with it. */
  static Optional<String> nameOf(final Node node) {
    if (!(node instanceof MapNode map)) {
      return Optional.empty();
    }
    if (map.get(NAME.name()) != null) {
      return text(map.get(NAME.name()));
    }
    final Node method = map.get(METHOD.name());
    final Optional<String> methodText = method == null ? Optional.of(DEFAULT_METHOD) : text(method);
    return methodText.flatMap(m -> text(map.get(PATH.name())).map(path -> defaultName(m, path)));
  }

  private static Optional<String> text(final Node node) {
    return node instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.TEXT
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
