package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.ResponseSource;
import io.lockstep.scenario.plan.ResponseUse;

/**
 * The part of {@link PlanDigest} about responses. It starts with a tag that no other field can be
 * mistaken for, and is left out where nothing is done, so that such a plan's digest is what it was
 * before there were such things. The codes below never change.
 */
final class ResponseDigest {
  private static final int USE_TAG = 0x52455350;
  private static final int EXPECTED_TAG = 0x45585043;
  private static final int BROWSING_TAG = 0x42524F57;

  /** Ends the browsing of VUs that answer challenges. */
  private static final int DIGEST_TAG = 0x4447_5354;

  private static final int NO_GROUP = -1;

  private final CanonicalDigest out;

  ResponseDigest(final CanonicalDigest out) {
    this.out = out;
  }

  void put(final Browsing browsing) {
    if (!browsing.equals(Browsing.NONE)) {
      out.putInt(BROWSING_TAG)
          .putInt(browsing.cookies() ? 1 : 0)
          .putInt(browsing.redirects())
          .putInt(browsing.cache() ? 1 : 0);
      if (browsing.digest()) {
        out.putInt(DIGEST_TAG);
      }
    }
  }

  void put(final ResponseUse use) {
    if (!use.isNone()) {
      out.putInt(USE_TAG).putInt(use.extractions().size());
      use.extractions().forEach(this::put);
      out.putInt(use.checks().size());
      use.checks().forEach(this::put);
    }
    if (!use.expected().isEmpty()) {
      out.putInt(EXPECTED_TAG).putInt(use.expected().size());
      use.expected().forEach(range -> out.putLong(range.min()).putLong(range.max()));
    }
  }

  private void put(final Extraction extraction) {
    out.putText(extraction.name());
    put(extraction.source());
    out.putInt(
            switch (extraction.pick().kind()) {
              case FIRST -> 1;
              case LAST -> 2;
              case RANDOM -> 3;
              case ALL -> 4;
              case NTH -> 5;
            })
        .putInt(extraction.pick().index())
        .putInt(extraction.transforms().size());
    extraction.transforms().forEach(this::put);
    out.putInt(
            switch (extraction.type()) {
              case TEXT -> 1;
              case INTEGER -> 2;
              case DECIMAL -> 3;
              case BOOLEAN -> 4;
            })
        .putInt(extraction.fallback().isPresent() ? 1 : 0)
        .putText(extraction.fallback().orElse(""));
  }

  private void put(final Extraction.Transform transform) {
    if (transform instanceof Extraction.Transform.Plain plain) {
      out.putInt(
          switch (plain) {
            case TRIM -> 1;
            case LOWER -> 2;
            case UPPER -> 3;
            case URL_ENCODE -> 4;
            case URL_DECODE -> 5;
            case BASE64_ENCODE -> 6;
            case BASE64_DECODE -> 7;
          });
    } else if (transform instanceof Extraction.Transform.Replace replace) {
      out.putInt(8).putText(replace.from()).putText(replace.to());
    } else if (transform instanceof Extraction.Transform.Substring part) {
      out.putInt(9).putInt(part.from()).putInt(part.to());
    } else {
      throw new IllegalStateException("no code for the transform " + transform);
    }
  }

  private void put(final ResponseSource source) {
    if (source instanceof ResponseSource.Json json) {
      out.putInt(1).putText(json.path());
    } else if (source instanceof ResponseSource.JmesPath jmesPath) {
      out.putInt(2).putText(jmesPath.expression());
    } else if (source instanceof ResponseSource.Regex regex) {
      out.putInt(3).putText(regex.pattern()).putInt(regex.group().orElse(NO_GROUP));
    } else if (source instanceof ResponseSource.XPath xpath) {
      out.putInt(4).putText(xpath.expression());
    } else if (source instanceof ResponseSource.Css css) {
      out.putInt(5)
          .putText(css.selector())
          .putInt(css.attribute().isPresent() ? 1 : 0)
          .putText(css.attribute().orElse(""));
    } else if (source instanceof ResponseSource.Boundary boundary) {
      out.putInt(6).putText(boundary.left()).putText(boundary.right());
    } else if (source instanceof ResponseSource.HeaderField header) {
      out.putInt(7).putText(header.name());
    } else if (source instanceof ResponseSource.Cookie cookie) {
      out.putInt(8).putText(cookie.name());
    } else if (source instanceof ResponseSource.Status) {
      out.putInt(9);
    } else if (source instanceof ResponseSource.Body) {
      out.putInt(10);
    } else {
      throw new IllegalStateException("no code for the source " + source);
    }
  }

  private void put(final Check check) {
    out.putText(check.name());
    put(check.condition());
    out.putInt(
        switch (check.onFailure()) {
          case COUNT -> 1;
          case END_ITERATION -> 2;
          case END_VU -> 3;
          case END_TEST -> 4;
        });
  }

  private void put(final Check.Condition condition) {
    if (condition instanceof Check.StatusIn status) {
      out.putInt(1).putInt(status.ranges().size());
      status.ranges().forEach(range -> out.putLong(range.min()).putLong(range.max()));
    } else if (condition instanceof Check.ValueMeets value) {
      out.putInt(2);
      put(value.source());
      out.putInt(value.predicates().size());
      value.predicates().forEach(this::put);
    } else if (condition instanceof Check.BodyDigest digest) {
      out.putInt(3).putText(digest.sha256());
    } else if (condition instanceof Check.JsonSchema schema) {
      out.putInt(4).putText(schema.schema());
    } else if (condition instanceof Check.SizeIn size) {
      out.putInt(5).putLong(size.bytes().min()).putLong(size.bytes().max());
    } else if (condition instanceof Check.DurationAtMost duration) {
      out.putInt(6).putLong(duration.maxNs());
    } else if (condition instanceof Check.Expression expression) {
      out.putInt(7).putText(expression.text());
    } else {
      throw new IllegalStateException("no code for the condition " + condition);
    }
  }

  private void put(final Check.Predicate predicate) {
    if (predicate instanceof Check.Predicate.Exists exists) {
      out.putInt(1).putInt(exists.expected() ? 1 : 0);
    } else if (predicate instanceof Check.Predicate.EqualTo equal) {
      out.putInt(
              switch (equal.value().kind()) {
                case TEXT -> 2;
                case NUMBER -> 3;
                case BOOLEAN -> 4;
              })
          .putText(equal.value().text());
    } else if (predicate instanceof Check.Predicate.Contains contains) {
      out.putInt(5).putText(contains.text());
    } else if (predicate instanceof Check.Predicate.Matches matches) {
      out.putInt(6).putText(matches.pattern());
    } else if (predicate instanceof Check.Predicate.AtLeast least) {
      out.putInt(7).putText(least.number());
    } else if (predicate instanceof Check.Predicate.AtMost most) {
      out.putInt(8).putText(most.number());
    } else {
      throw new IllegalStateException("no code for the predicate " + predicate);
    }
  }
}
