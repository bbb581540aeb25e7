package io.lockstep.scenario.plan;

import java.util.List;

/**
 * A condition that a response should meet.
 *
 * @param name what results call it, unique in its request
 * @param condition what should be true
 * @param onFailure what happens where it is not, besides being counted
 */
public record Check(String name, Condition condition, OnFailure onFailure) {
  /** What a failed check does besides being counted. */
  public enum OnFailure {
    /** Nothing. */
    COUNT,
    /** The iteration ends. */
    END_ITERATION,
    /** The VU ends. */
    END_VU,
    /** The whole test ends. */
    END_TEST
  }

  /** What should be true of a response. */
  public sealed interface Condition {
    /** What must be kept of the response. */
    default Capture capture() {
      return Capture.NONE;
    }
  }

  /** The status lies in one of the ranges. */
  public record StatusIn(List<Range> ranges) implements Condition {
    public StatusIn {
      ranges = List.copyOf(ranges);
    }
  }

  /** A range of integers, both ends included. */
  public record Range(long min, long max) {}

  /**
   * Values at a place meet all the predicates.
   *
   * @param source of the values
   * @param predicates at least one
   */
  public record ValueMeets(ResponseSource source, List<Predicate> predicates) implements Condition {
    public ValueMeets {
      predicates = List.copyOf(predicates);
    }

    @Override
    public Capture capture() {
      return source.capture();
    }
  }

  /** The SHA-256 of the body's bytes, in lower-case hex. */
  public record BodyDigest(String sha256) implements Condition {
    @Override
    public Capture capture() {
      return Capture.BODY;
    }
  }

  /** The body is JSON that is valid under a JSON Schema, given as JSON text. */
  public record JsonSchema(String schema) implements Condition {
    @Override
    public Capture capture() {
      return Capture.BODY;
    }
  }

  /** The response has so many bytes on the wire, head and body. */
  public record SizeIn(Range bytes) implements Condition {}

  /** The service time is no longer. */
  public record DurationAtMost(long maxNs) implements Condition {}

  /** An expression is true. */
  public record Expression(String text) implements Condition {
    @Override
    public Capture capture() {
      return Capture.BODY;
    }
  }

  /**
   * What should be true of the values at a place: but for {@link Exists}, of one of them at least.
   */
  public sealed interface Predicate {
    /** There is a value, or none. */
    record Exists(boolean expected) implements Predicate {}

    /** A value is this one. */
    record EqualTo(Literal value) implements Predicate {}

    /** A value's text has this one in it. */
    record Contains(String text) implements Predicate {}

    /** A value's text has a match of a regular expression (RE2) in it. */
    record Matches(String pattern) implements Predicate {}

    /** A value is a number not below this one, plain decimal. */
    record AtLeast(String number) implements Predicate {}

    /** A value is a number not above this one, plain decimal. */
    record AtMost(String number) implements Predicate {}
  }

  /**
   * A single value as a file gives it.
   *
   * @param kind of value
   * @param text the text itself; a number without needless zeros; {@code true}, {@code false}
   */
  public record Literal(Kind kind, String text) {
    /** Kinds of values. */
    public enum Kind {
      /** Text. */
      TEXT,
      /** Any number. */
      NUMBER,
      /** True or false. */
      BOOLEAN
    }
  }
}
