package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Extraction.Transform;
import io.lockstep.scenario.read.EitherType;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Changes of an extracted text: a word, or a map of one key. */
final class Transforms {
  private static final int MAX_TEXT = 4_000;

  private static final Key<List<String>> REPLACE =
      Key.optional(
          "replace",
          new PairType<>(
              "a list of two texts", new TextType("text", true, Transforms::lengthFault)),
          "a text and what each of its occurrences becomes");
  private static final Key<List<Long>> SUBSTRING =
      Key.optional(
          "substring",
          new PairType<>(
              "a list of two indices", new IntegerType("an index", 0, Integer.MAX_VALUE)),
          "the characters from an index to one before another");

  private static final ObjectType<Transform> MAP =
      new ObjectType<>(
          "a transform",
          List.of(REPLACE, SUBSTRING),
          List.of(
              Alternatives.exactlyOne("a transform", List.of(REPLACE, SUBSTRING)),
              new Rule(List.of(REPLACE), Transforms::replacesSomething),
              new Rule(List.of(SUBSTRING), Transforms::ascends)),
          Transforms::transform);

  static final Type<Transform> TYPE =
      new EitherType<>(
          "a transform such as trim or {replace: [a, b]}",
          List.of(
              new EitherType.Option<>(node -> node instanceof MapNode, MAP),
              new EitherType.Option<>(
                  node -> node instanceof ScalarNode, new EnumType<Transform>(words()))));

  private Transforms() {}

  private static Map<String, Transform> words() {
    final Map<String, Transform> words = new LinkedHashMap<>();
    for (final Transform.Plain plain : Transform.Plain.values()) {
      words.put(plain.name().toLowerCase(Locale.ROOT), plain);
    }
    return words;
  }

  private static Transform transform(final Values v) {
    return v.has(REPLACE)
        ? new Transform.Replace(v.get(REPLACE).get(0), v.get(REPLACE).get(1))
        : new Transform.Substring(
            v.get(SUBSTRING).get(0).intValue(), v.get(SUBSTRING).get(1).intValue());
  }

  private static boolean replacesSomething(final Values v) {
    if (v.has(REPLACE) && v.get(REPLACE).get(0).isEmpty()) {
      v.in().bad(v.offset(REPLACE), "the text to replace is empty");
      return false;
    }
    return true;
  }

  private static boolean ascends(final Values v) {
    if (v.has(SUBSTRING) && v.get(SUBSTRING).get(0) > v.get(SUBSTRING).get(1)) {
      v.in().bad(v.offset(SUBSTRING), "the first index is larger than the second");
      return false;
    }
    return true;
  }

  private static Optional<String> lengthFault(final String text) {
    return text.length() > MAX_TEXT
        ? Optional.of("is longer than " + MAX_TEXT + " characters")
        : Optional.empty();
  }
}
