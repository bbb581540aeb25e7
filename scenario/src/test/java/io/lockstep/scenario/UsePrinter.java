package io.lockstep.scenario;

import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Check.Condition;
import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.plan.Check.Predicate;
import io.lockstep.scenario.plan.Check.Range;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Extraction.Transform;
import io.lockstep.scenario.plan.ResponseSource;
import io.lockstep.scenario.plan.ResponseUse;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what is done with responses as trees of maps, lists and scalars. */
final class UsePrinter {
  /** The text that {@link #SCHEMA} becomes in a plan. */
  static final String SCHEMA_TEXT = "{\"type\":\"object\",\"minProperties\":1,\"not\":{}}";

  private static final Map<String, Object> SCHEMA = schema();

  private UsePrinter() {}

  private static Map<String, Object> schema() {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", "object");
    tree.put("minProperties", 1);
    tree.put("not", Map.of());
    return tree;
  }

  static Map<String, Object> tree(final ResponseUse use) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    final Map<String, Object> extractions = new LinkedHashMap<>();
    use.extractions().forEach(e -> extractions.put(e.name(), extraction(e)));
    tree.put("extract", extractions);
    if (!use.checks().isEmpty()) {
      tree.put("checks", use.checks().stream().map(UsePrinter::check).toList());
    }
    if (!use.expected().isEmpty()) {
      tree.put("expect", statuses(use.expected()));
    }
    return tree;
  }

  private static Map<String, Object> extraction(final Extraction extraction) {
    final Map<String, Object> tree = place(extraction.source());
    tree.put(
        "index",
        extraction.pick().kind() == Extraction.Pick.Kind.NTH
            ? extraction.pick().index()
            : word(extraction.pick().kind()));
    if (!extraction.transforms().isEmpty()) {
      tree.put("transform", extraction.transforms().stream().map(UsePrinter::transform).toList());
    }
    tree.put("type", word(extraction.type()));
    extraction
        .fallback()
        .ifPresent(
            text ->
                tree.put(
                    "default",
                    switch (extraction.type()) {
                      case TEXT -> text;
                      case INTEGER, DECIMAL -> new BigDecimal(text);
                      case BOOLEAN -> Boolean.valueOf(text);
                    }));
    return tree;
  }

  private static Map<String, Object> place(final ResponseSource source) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (source instanceof ResponseSource.Json json) {
      tree.put("json", json.path());
    } else if (source instanceof ResponseSource.JmesPath path) {
      tree.put("jmespath", path.expression());
    } else if (source instanceof ResponseSource.Regex regex) {
      tree.put("regex", regex.pattern());
      regex.group().ifPresent(group -> tree.put("group", group));
    } else if (source instanceof ResponseSource.XPath path) {
      tree.put("xpath", path.expression());
    } else if (source instanceof ResponseSource.Css css) {
      tree.put("css", css.selector());
      css.attribute().ifPresent(name -> tree.put("attribute", name));
    } else if (source instanceof ResponseSource.Boundary boundary) {
      tree.put("boundary", Map.of("left", boundary.left(), "right", boundary.right()));
    } else if (source instanceof ResponseSource.HeaderField header) {
      tree.put("header", header.name());
    } else if (source instanceof ResponseSource.Cookie cookie) {
      tree.put("cookie", cookie.name());
    } else {
      tree.put(source instanceof ResponseSource.Status ? "status" : "body", true);
    }
    return tree;
  }

  private static Object transform(final Transform transform) {
    if (transform instanceof Transform.Replace replace) {
      return Map.of("replace", List.of(replace.from(), replace.to()));
    }
    return transform instanceof Transform.Substring part
        ? Map.of("substring", List.of(part.from(), part.to()))
        : word((Transform.Plain) transform);
  }

  private static Map<String, Object> check(final Check check) {
    final Map<String, Object> tree = condition(check.condition());
    tree.put("name", check.name());
    tree.put("on_failure", word(check.onFailure()).replace('_', '-'));
    return tree;
  }

  private static Map<String, Object> condition(final Condition condition) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (condition instanceof Check.ValueMeets value) {
      final Map<String, Object> expected = new LinkedHashMap<>();
      value.predicates().forEach(predicate -> put(predicate, expected));
      if (value.source() instanceof ResponseSource.Body) {
        tree.put("body", expected);
      } else {
        tree.putAll(place(value.source()));
        tree.putAll(expected);
      }
    } else if (condition instanceof Check.StatusIn status) {
      tree.put("status", statuses(status.ranges()));
    } else if (condition instanceof Check.BodyDigest digest) {
      tree.put("body", Map.of("sha256", digest.sha256()));
    } else if (condition instanceof Check.JsonSchema) {
      tree.put("json_schema", SCHEMA);
    } else if (condition instanceof Check.SizeIn size) {
      tree.put("size", size(size.bytes()));
    } else if (condition instanceof Check.DurationAtMost duration) {
      tree.put("duration", Map.of("max", duration.maxNs() + "ns"));
    } else {
      tree.put("expression", ((Check.Expression) condition).text());
    }
    return tree;
  }

  private static void put(final Predicate predicate, final Map<String, Object> tree) {
    if (predicate instanceof Predicate.Exists exists) {
      tree.put("exists", exists.expected());
    } else if (predicate instanceof Predicate.EqualTo equal) {
      tree.put("equals", literal(equal.value()));
    } else if (predicate instanceof Predicate.Contains contains) {
      tree.put("contains", contains.text());
    } else if (predicate instanceof Predicate.Matches matches) {
      tree.put("matches", matches.pattern());
    } else if (predicate instanceof Predicate.AtLeast least) {
      tree.put("min", new BigDecimal(least.number()));
    } else {
      tree.put("max", new BigDecimal(((Predicate.AtMost) predicate).number()));
    }
  }

  private static Object literal(final Literal literal) {
    return switch (literal.kind()) {
      case TEXT -> literal.text();
      case NUMBER -> new BigDecimal(literal.text());
      case BOOLEAN -> Boolean.valueOf(literal.text());
    };
  }

  private static Object statuses(final List<Range> ranges) {
    if (ranges.size() == 1) {
      return Map.of("min", ranges.get(0).min(), "max", ranges.get(0).max());
    }
    return ranges.stream()
        .map(range -> range.min() == range.max() ? (Object) range.min() : range.min() / 100 + "xx")
        .toList();
  }

  private static Map<String, Object> size(final Range bytes) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("min", bytes.min() + "B");
    if (bytes.max() != Long.MAX_VALUE) {
      tree.put("max", bytes.max() + "B");
    }
    return tree;
  }

  private static String word(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
