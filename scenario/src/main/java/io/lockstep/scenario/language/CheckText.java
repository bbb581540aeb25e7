package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Check.Condition;
import io.lockstep.scenario.plan.ResponseSource;
import io.lockstep.scenario.read.UnitType;

/** What a check says, in words: its name where the file gives none. */
final class CheckText {
  private CheckText() {}

  static String of(final Condition condition) {
    final String text =
        text(condition).replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    if (text.length() <= NameRules.MAX_NAME) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, NameRules.MAX_NAME / 2)) + "…";
  }

  private static String text(final Condition condition) {
    if (condition instanceof Check.StatusIn status) {
      return "status is " + Statuses.text(status.ranges());
    } else if (condition instanceof Check.BodyDigest digest) {
      return "body has SHA-256 " + digest.sha256();
    } else if (condition instanceof Check.JsonSchema) {
      return "body fits its JSON Schema";
    } else if (condition instanceof Check.SizeIn size) {
      return size.bytes().max() == Long.MAX_VALUE
          ? "size is at least " + size.bytes().min() + " bytes"
          : "size is " + size.bytes().min() + " to " + size.bytes().max() + " bytes";
    } else if (condition instanceof Check.DurationAtMost duration) {
      return "duration is at most " + UnitType.durationText(duration.maxNs());
    } else if (condition instanceof Check.Expression expression) {
      return expression.text();
    }
    final Check.ValueMeets value = (Check.ValueMeets) condition;
    return place(value.source()) + " " + Predicates.text(value.predicates());
  }

  private static String place(final ResponseSource source) {
    if (source instanceof ResponseSource.HeaderField header) {
      return "header " + header.name();
    } else if (source instanceof ResponseSource.Json json) {
      return json.path();
    } else if (source instanceof ResponseSource.XPath xpath) {
      return xpath.expression();
    } else if (source instanceof ResponseSource.Css css) {
      return css.selector() + css.attribute().map(name -> " @" + name).orElse("");
    } else if (source instanceof ResponseSource.Body) {
      return "body";
    }
    throw new IllegalStateException("no check reads " + source);
  }
}
