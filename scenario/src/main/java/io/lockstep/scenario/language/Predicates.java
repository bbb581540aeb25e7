package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.plan.Check.Predicate;
import io.lockstep.scenario.plan.QueryLanguage;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a check expects of the values at a place. */
final class Predicates {
  private static final Key<Boolean> EXISTS =
      Key.optional("exists", Booleans.TYPE, "whether there is a value");
  private static final Key<Literal> EQUALS =
      Key.optional("equals", new LiteralType(), "a value is this one");
  private static final Key<String> CONTAINS =
      Key.optional(
          "contains",
          new TextType("text", true, text -> Optional.empty()),
          "a value has this text in it");
  private static final Key<String> MATCHES =
      Key.optional(
          "matches",
          new QueryType(QueryLanguage.REGEX),
          "a value has a match of this regular expression in it");
  private static final Key<String> MIN =
      Key.optional("min", LiteralType.NUMBER_TEXT, "a value is a number not below this one");
  private static final Key<String> MAX =
      Key.optional("max", LiteralType.NUMBER_TEXT, "a value is a number not above this one");

  /** All of them, in the order of the reference. */
  static final List<Key<?>> KEYS = List.of(EXISTS, EQUALS, CONTAINS, MATCHES, MIN, MAX);

  /** Those that a whole body can be held to. */
  static final List<Key<?>> BODY_KEYS = List.of(EQUALS, CONTAINS, MATCHES);

  private Predicates() {}

  /** Those that are there; none where a body is held to none. */
  static List<Predicate> read(final Values v) {
    final List<Predicate> all = new ArrayList<>();
    if (v.has(EXISTS)) {
      all.add(new Predicate.Exists(v.get(EXISTS)));
    }
    if (v.has(EQUALS)) {
      all.add(new Predicate.EqualTo(v.get(EQUALS)));
    }
    if (v.has(CONTAINS)) {
      all.add(new Predicate.Contains(v.get(CONTAINS)));
    }
    if (v.has(MATCHES)) {
      all.add(new Predicate.Matches(v.get(MATCHES)));
    }
    if (v.has(MIN)) {
      all.add(new Predicate.AtLeast(v.get(MIN)));
    }
    if (v.has(MAX)) {
      all.add(new Predicate.AtMost(v.get(MAX)));
    }
    return all;
  }

  /** As a sentence says them: {@code exists and is at least 3}. */
  static String text(final List<Predicate> predicates) {
    return predicates.stream().map(Predicates::text).collect(Collectors.joining(" and "));
  }

  private static String text(final Predicate predicate) {
    if (predicate instanceof Predicate.Exists exists) {
      return exists.expected() ? "exists" : "is absent";
    } else if (predicate instanceof Predicate.EqualTo equal) {
      return "is " + equal.value().text();
    } else if (predicate instanceof Predicate.Contains contains) {
      return "contains " + contains.text();
    } else if (predicate instanceof Predicate.Matches matches) {
      return "matches " + matches.pattern();
    } else if (predicate instanceof Predicate.AtLeast least) {
      return "is at least " + least.number();
    }
    return "is at most " + ((Predicate.AtMost) predicate).number();
  }
}
