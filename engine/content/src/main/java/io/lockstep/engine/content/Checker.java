package io.lockstep.engine.content;

import io.lockstep.engine.content.json.JsonPaths;
import io.lockstep.engine.content.json.Schemas;
import io.lockstep.engine.content.response.BodyHash;
import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.ResponseSource;
import java.util.function.Predicate;

/** Makes conditions into code. */
final class Checker {
  private final Sources sources;
  private final BodyHash hash;

  Checker(final Sources sources) {
    this.sources = sources;
    hash = new BodyHash();
  }

  /** Whether a response that came meets a condition; an expression always does here. */
  Predicate<Content> of(final Check.Condition condition, final JsonPaths paths) {
    if (condition instanceof Check.StatusIn status) {
      final Check.Range[] ranges = status.ranges().toArray(new Check.Range[0]);
      return content -> isIn(content.view().status, ranges);
    } else if (condition instanceof Check.ValueMeets value) {
      return meets(value, paths);
    } else if (condition instanceof Check.BodyDigest digest) {
      return content -> content.view().bodyComplete && hash.of(content).equals(digest.sha256());
    } else if (condition instanceof Check.JsonSchema schema) {
      final Schemas compiled = Schemas.of(schema.schema());
      return content -> compiled.allows(sources.json());
    } else if (condition instanceof Check.SizeIn size) {
      return content -> isIn(content.view().size, size.bytes());
    } else if (condition instanceof Check.DurationAtMost duration) {
      return content -> content.view().serviceNs <= duration.maxNs();
    } else if (condition instanceof Check.Expression) {
      return content -> true;
    }
    throw new IllegalArgumentException("nothing checks " + condition);
  }

  private static boolean isIn(final long value, final Check.Range... ranges) {
    for (final Check.Range range : ranges) {
      if (value >= range.min() && value <= range.max()) {
        return true;
      }
    }
    return false;
  }

  private Predicate<Content> meets(final Check.ValueMeets value, final JsonPaths paths) {
    final Finder<Content> finder = sources.finder(value.source(), paths);
    final Expectation[] expectations =
        value.predicates().stream().map(Expectation::of).toArray(Expectation[]::new);
    final boolean whole = value.source() instanceof ResponseSource.Body && needsWhole(value);
    return content ->
        (!whole || content.view().bodyComplete)
            && areMet(expectations, expectations.length == 0 ? null : finder.find(content));
  }

  private static boolean areMet(final Expectation[] expectations, final Matches found) {
    for (final Expectation expectation : expectations) {
      if (!expectation.isMetBy(found)) {
        return false;
      }
    }
    return true;
  }

  /** A body that was cut off equals nothing. */
  private static boolean needsWhole(final Check.ValueMeets value) {
    return value.predicates().stream().anyMatch(Check.Predicate.EqualTo.class::isInstance);
  }
}
