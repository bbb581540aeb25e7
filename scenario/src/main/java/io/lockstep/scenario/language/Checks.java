package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.ExpressionType;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Check.Condition;
import io.lockstep.scenario.plan.Check.OnFailure;
import io.lockstep.scenario.plan.Check.Predicate;
import io.lockstep.scenario.plan.Check.Range;
import io.lockstep.scenario.plan.ResponseSource;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Conditions that responses should meet. */
final class Checks {
  private static final int MAX_EXPRESSION = 4_000;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  static final Key<String> NAME =
      Key.optional(
          "name",
          new TextType("a name", false, NameRules::nameFault),
          "what results call it, unique in the request; what it says by default");
  private static final Key<OnFailure> ON_FAILURE =
      Key.optional(
          "on_failure",
          onFailure(),
          OnFailure.COUNT,
          "count",
          "what a failure ends, besides being counted");
  private static final Key<List<Range>> STATUS =
      Key.optional("status", Statuses.TYPE, "the status is one of these");
  private static final Key<String> SHA =
      Key.optional(
          "sha256",
          new TextType("a SHA-256 in hex", true, Checks::digestFault),
          "the body's bytes have this digest");
  private static final Key<Condition> BODY =
      Key.optional("body", bodyType(), "what the whole body should be");
  private static final Key<String> SCHEMA =
      Key.optional(
          "json_schema",
          new SchemaType(),
          "the body is JSON that this schema allows; a file is relative to this one");
  private static final UnitType BYTES = UnitType.size(0, 1L << 40);
  private static final Key<Long> MIN_BYTES =
      Key.optional("min", BYTES, 0L, "0B", "least bytes on the wire, head and body");
  private static final Key<Long> MAX_BYTES =
      Key.optional("max", BYTES, Long.MAX_VALUE, "", "most bytes on the wire, head and body");
  private static final Key<Range> SIZE =
      Key.optional("size", sizeType(), "how long the response is");
  private static final Key<Long> MAX_DURATION =
      Key.required("max", UnitType.duration(0, Distributions.MAX_NS), "longest service time");
  private static final Key<Long> DURATION =
      Key.optional(
          "duration",
          new ObjectType<>("a duration's check", List.of(MAX_DURATION), v -> v.get(MAX_DURATION)),
          "how long the response took");
  private static final Key<String> EXPRESSION =
      Key.optional(
          "expression",
          new ConditionTextType(new TextType("an expression", false, Checks::expressionFault)),
          "an expression that should be true");

  private static final List<Key<?>> PLACES =
      List.of(Extractions.HEADER, Extractions.JSON, Extractions.XPATH, Extractions.CSS);
  private static final ObjectType<Check> CHECK = checkType();

  static final Type<List<Check>> TYPE =
      new DistinctNames(new ListType<>("checks", CHECK, ResponseUse.MAX_CHECKS));

  private Checks() {}

  private static ObjectType<Check> checkType() {
    final List<Key<?>> conditions = new ArrayList<>(List.of(STATUS, BODY));
    conditions.addAll(PLACES);
    conditions.addAll(List.of(SCHEMA, SIZE, DURATION, EXPRESSION));
    final List<Key<?>> keys = new ArrayList<>(List.of(NAME));
    keys.addAll(conditions);
    keys.add(Extractions.ATTRIBUTE);
    keys.addAll(Predicates.KEYS);
    keys.add(ON_FAILURE);
    final List<Rule> rules = new ArrayList<>();
    rules.add(Alternatives.exactlyOne("a check", conditions));
    rules.add(Alternatives.onlyWith(Extractions.ATTRIBUTE, List.of(Extractions.CSS)));
    Predicates.KEYS.forEach(key -> rules.add(Alternatives.onlyWith(key, PLACES)));
    return withoutNot(new ObjectType<>("a check", keys, rules, Checks::check));
  }

  private static Check check(final Values v) {
    final Condition condition = condition(v);
    return new Check(
        v.has(NAME) ? v.get(NAME) : CheckText.of(condition), condition, v.get(ON_FAILURE));
  }

  /** The expressions of the checks of a list that is right, in their order. */
  static List<SourceExpression> conditions(final Node checks, final Reading in) {
    final List<SourceExpression> conditions = new ArrayList<>();
    if (checks instanceof ListNode list) {
      for (final Node check : list.items()) {
        final Node expression = check instanceof MapNode map ? map.get(EXPRESSION.name()) : null;
        final SourceExpression read =
            expression == null ? null : ExpressionType.CONDITION.read(expression, in);
        if (read != null) {
          conditions.add(read);
        }
      }
    }
    return conditions;
  }

  private static Condition condition(final Values v) {
    if (v.has(STATUS)) {
      return new Check.StatusIn(v.get(STATUS));
    } else if (v.has(BODY)) {
      return v.get(BODY);
    } else if (v.has(SCHEMA)) {
      return new Check.JsonSchema(v.get(SCHEMA));
    } else if (v.has(SIZE)) {
      return new Check.SizeIn(v.get(SIZE));
    } else if (v.has(DURATION)) {
      return new Check.DurationAtMost(v.get(DURATION));
    } else if (v.has(EXPRESSION)) {
      return new Check.Expression(v.get(EXPRESSION));
    }
    final List<Predicate> predicates = Predicates.read(v);
    return new Check.ValueMeets(
        place(v), predicates.isEmpty() ? List.of(new Predicate.Exists(true)) : predicates);
  }

  private static ResponseSource place(final Values v) {
    if (v.has(Extractions.HEADER)) {
      return new ResponseSource.HeaderField(v.get(Extractions.HEADER));
    } else if (v.has(Extractions.JSON)) {
      return new ResponseSource.Json(v.get(Extractions.JSON));
    } else if (v.has(Extractions.XPATH)) {
      return new ResponseSource.XPath(v.get(Extractions.XPATH));
    }
    return new ResponseSource.Css(
        v.get(Extractions.CSS), Optional.ofNullable(v.get(Extractions.ATTRIBUTE)));
  }

  private static ObjectType<Condition> bodyType() {
    final List<Key<?>> keys = new ArrayList<>(Predicates.BODY_KEYS);
    keys.add(SHA);
    return withoutNot(
        new ObjectType<Condition>(
            "a body's check",
            keys,
            List.of(Alternatives.exactlyOne("a body's check", keys)),
            v ->
                v.has(SHA)
                    ? new Check.BodyDigest(v.get(SHA).toLowerCase(Locale.ROOT))
                    : new Check.ValueMeets(new ResponseSource.Body(), Predicates.read(v))));
  }

  /** People look for the opposites of what there is. */
  private static <T> ObjectType<T> withoutNot(final ObjectType<T> type) {
    ObjectType<T> hinted = type;
    for (final String none : List.of("not_contains", "does_not_contain", "notContains")) {
      hinted = hinted.instead(none, "write expression: '!contains(body, \"text\")'");
    }
    for (final String none : List.of("not_matches", "not_equals", "not")) {
      hinted =
          hinted.instead(
              none,
              "write an expression that is true where it should pass, such as expression:"
                  + " 'json(\"$.state\") != \"failed\"'");
    }
    return hinted;
  }

  private static ObjectType<Range> sizeType() {
    return new ObjectType<>(
        "a size's check",
        List.of(MIN_BYTES, MAX_BYTES),
        List.of(new Rule(List.of(MIN_BYTES, MAX_BYTES), Checks::sizeAscends)),
        v -> new Range(v.get(MIN_BYTES), v.get(MAX_BYTES)));
  }

  private static boolean sizeAscends(final Values v) {
    if (v.get(MIN_BYTES) > v.get(MAX_BYTES)) {
      v.in().conflict(v.offset(MIN_BYTES), "`min` is larger than `max`");
      return false;
    }
    return true;
  }

  private static Optional<String> digestFault(final String text) {
    return SHA256.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("does not have 64 hex digits");
  }

  private static Optional<String> expressionFault(final String text) {
    return text.isBlank() || text.length() > MAX_EXPRESSION
        ? Optional.of("is blank or longer than " + MAX_EXPRESSION + " characters")
        : Optional.empty();
  }

  private static EnumType<OnFailure> onFailure() {
    final Map<String, OnFailure> valueByWord = new LinkedHashMap<>();
    for (final OnFailure value : OnFailure.values()) {
      valueByWord.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
    }
    return new EnumType<>(valueByWord);
  }
}
