package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Extraction.Pick;
import io.lockstep.scenario.plan.Extraction.ValueType;
import io.lockstep.scenario.plan.QueryLanguage;
import io.lockstep.scenario.plan.ResponseSource;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.read.EitherType;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Values that a response gives to its VU. */
final class Extractions {
  static final int MAX_INDEX = 9_999;
  static final int MAX_BOUNDARY = 4_000;
  static final int MAX_TRANSFORMS = 20;

  static final Key<String> JSON =
      Key.optional("json", new QueryType(QueryLanguage.JSON_PATH), "a JSONPath into the body");
  static final Key<String> XPATH =
      Key.optional(
          "xpath", new QueryType(QueryLanguage.XPATH), "an XPath 1.0 expression on the body");
  static final Key<String> CSS =
      Key.optional("css", new QueryType(QueryLanguage.CSS), "a CSS selector on an HTML body");
  static final Key<String> ATTRIBUTE =
      Key.optional(
          "attribute",
          new TextType("an attribute's name", false, NameRules::nameFault),
          "attribute of the elements found; their text by default");
  static final Key<String> HEADER =
      Key.optional(
          "header",
          new TextType("a header's name", false, Extractions::tokenFault),
          "a header of the response");
  private static final Key<String> JMESPATH =
      Key.optional(
          "jmespath", new QueryType(QueryLanguage.JMES_PATH), "a JMESPath expression on the body");
  private static final Key<String> REGEX =
      Key.optional("regex", new QueryType(QueryLanguage.REGEX), "a regular expression on the body");
  private static final Key<Long> GROUP =
      Key.optional(
          "group",
          new IntegerType("a group", 0, 99),
          "group of the match; the first by default, or the whole match where there is none");
  private static final Key<String> LEFT =
      Key.required("left", boundaryText(), "what comes before the value");
  private static final Key<String> RIGHT =
      Key.required("right", boundaryText(), "what comes after the value");
  private static final Key<ResponseSource> BOUNDARY =
      Key.optional(
          "boundary",
          new ObjectType<ResponseSource>(
              "a boundary",
              List.of(LEFT, RIGHT),
              v -> new ResponseSource.Boundary(v.get(LEFT), v.get(RIGHT))),
          "the texts before and after the value");
  private static final Key<String> COOKIE =
      Key.optional(
          "cookie",
          new TextType("a cookie's name", false, Extractions::tokenFault),
          "a cookie that the response sets");
  private static final Key<Boolean> STATUS =
      Key.optional("status", Booleans.ONLY_TRUE, "the status code");
  private static final Key<Boolean> BODY =
      Key.optional("body", Booleans.ONLY_TRUE, "the whole body");
  private static final Key<Pick> INDEX =
      Key.optional("index", pickType(), Pick.FIRST, "first", "which of several matches");
  private static final Key<Literal> DEFAULT =
      Key.optional("default", new LiteralType(), "what the variable gets where nothing is found");
  private static final Key<List<Extraction.Transform>> TRANSFORM =
      Key.optional(
          "transform",
          new ListType<>("transforms", Transforms.TYPE, MAX_TRANSFORMS),
          List.of(),
          "[]",
          "changes of the text, in order");
  private static final Key<ValueType> AS =
      Key.optional("type", valueTypes(), ValueType.TEXT, "text", "what the text is read as");

  private static final List<Key<?>> SOURCES =
      List.of(JSON, JMESPATH, REGEX, XPATH, CSS, BOUNDARY, HEADER, COOKIE, STATUS, BODY);

  /** An extraction without its name. */
  private record Unnamed(
      ResponseSource source,
      Pick pick,
      List<Extraction.Transform> transforms,
      ValueType type,
      Optional<String> fallback) {
    Extraction named(final String name) {
      return new Extraction(name, source, pick, transforms, type, fallback);
    }
  }

  private static final ObjectType<Unnamed> EXTRACTION =
      new ObjectType<>(
          "an extraction",
          List.of(
              JSON, JMESPATH, REGEX, GROUP, XPATH, CSS, ATTRIBUTE, BOUNDARY, HEADER, COOKIE, STATUS,
              BODY, INDEX, DEFAULT, TRANSFORM, AS),
          List.of(
              Alternatives.exactlyOne("an extraction", SOURCES),
              Alternatives.onlyWith(GROUP, List.of(REGEX)),
              Alternatives.onlyWith(ATTRIBUTE, List.of(CSS)),
              new Rule(List.of(REGEX, GROUP), Extractions::groupIsThere),
              new Rule(List.of(DEFAULT, AS), Extractions::defaultFits)),
          Extractions::extraction);

  static final Type<List<Extraction>> TYPE =
      new MappedType<>(
          new MapType<>(
              "extractions", Variables::nameFault, EXTRACTION, 0, ResponseUse.MAX_EXTRACTIONS),
          byName -> byName.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList());

  private Extractions() {}

  private static Unnamed extraction(final Values v) {
    final Optional<Literal> fallback = Optional.ofNullable(v.get(DEFAULT));
    return new Unnamed(
        source(v), v.get(INDEX), v.get(TRANSFORM), v.get(AS), fallback.map(Literal::text));
  }

  private static ResponseSource source(final Values v) {
    if (v.has(JSON)) {
      return new ResponseSource.Json(v.get(JSON));
    } else if (v.has(JMESPATH)) {
      return new ResponseSource.JmesPath(v.get(JMESPATH));
    } else if (v.has(REGEX)) {
      return new ResponseSource.Regex(
          v.get(REGEX),
          v.has(GROUP) ? OptionalInt.of(v.get(GROUP).intValue()) : OptionalInt.empty());
    } else if (v.has(XPATH)) {
      return new ResponseSource.XPath(v.get(XPATH));
    } else if (v.has(CSS)) {
      return new ResponseSource.Css(v.get(CSS), Optional.ofNullable(v.get(ATTRIBUTE)));
    } else if (v.has(BOUNDARY)) {
      return v.get(BOUNDARY);
    } else if (v.has(HEADER)) {
      return new ResponseSource.HeaderField(v.get(HEADER));
    } else if (v.has(COOKIE)) {
      return new ResponseSource.Cookie(v.get(COOKIE));
    }
    return v.has(STATUS) ? new ResponseSource.Status() : new ResponseSource.Body();
  }

  private static boolean groupIsThere(final Values v) {
    if (!v.has(GROUP) || !v.has(REGEX)) {
      return true;
    }
    final long groups = QueryChecks.groups(v.get(REGEX)).map(Integer::longValue).orElse(99L);
    if (v.get(GROUP) > groups) {
      v.in()
          .conflict(
              v.offset(GROUP),
              "the regular expression has no group " + v.get(GROUP),
              "it has " + groups);
      return false;
    }
    return true;
  }

  private static boolean defaultFits(final Values v) {
    if (!v.has(DEFAULT) || fits(v.get(DEFAULT).text(), v.get(AS))) {
      return true;
    }
    v.in()
        .conflict(
            v.offset(DEFAULT),
            "the default `" + ScalarNode.shown(v.get(DEFAULT).text()) + "` is not of the `type`");
    return false;
  }

  private static boolean fits(final String text, final ValueType type) {
    try {
      switch (type) {
        case INTEGER -> Long.parseLong(text);
        case DECIMAL -> new BigDecimal(text);
        case BOOLEAN -> {
          return text.equals("true") || text.equals("false");
        }
        case TEXT -> {
          return true;
        }
      }
      return true;
    } catch (final NumberFormatException e) {
      return false;
    }
  }

  private static Optional<String> tokenFault(final String name) {
    return HttpRules.isToken(name) ? Optional.empty() : Optional.of("is not a name in HTTP");
  }

  private static TextType boundaryText() {
    return new TextType(
        "text",
        false,
        text ->
            text.isEmpty() || text.length() > MAX_BOUNDARY
                ? Optional.of("is empty or longer than " + MAX_BOUNDARY + " characters")
                : Optional.empty());
  }

  private static Type<Pick> pickType() {
    final Map<String, Pick> pickByWord = new LinkedHashMap<>();
    pickByWord.put("first", Pick.FIRST);
    pickByWord.put("last", new Pick(Pick.Kind.LAST, 0));
    pickByWord.put("random", new Pick(Pick.Kind.RANDOM, 0));
    pickByWord.put("all", new Pick(Pick.Kind.ALL, 0));
    final Type<Pick> nth =
        new MappedType<Long, Pick>(
            new IntegerType("an index", 0, MAX_INDEX),
            index -> new Pick(Pick.Kind.NTH, index.intValue()));
    return new EitherType<>(
        "first, last, random, all or an index from 0 to " + MAX_INDEX,
        List.of(
            new EitherType.Option<>(
                node -> node instanceof ScalarNode s && s.kind() == ScalarNode.Kind.INTEGER, nth),
            new EitherType.Option<>(
                node -> node instanceof ScalarNode, new EnumType<>(pickByWord))));
  }

  private static EnumType<ValueType> valueTypes() {
    final Map<String, ValueType> typeByWord = new LinkedHashMap<>();
    typeByWord.put("text", ValueType.TEXT);
    typeByWord.put("integer", ValueType.INTEGER);
    typeByWord.put("decimal", ValueType.DECIMAL);
    typeByWord.put("boolean", ValueType.BOOLEAN);
    return new EnumType<>(typeByWord);
  }
}
