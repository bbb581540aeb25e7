package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.ExpressionType;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.read.DecimalType;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What single kinds of steps need to know. */
final class StepParts {
  /** Tries are numbered in one byte of a journal. */
  static final int MAX_TRIES = 255;

  static final int MAX_PARALLEL = 100;

  private static final int BROWSER = 6;
  private static final BigDecimal MAX_FACTOR = BigDecimal.valueOf(100);

  private static final Key<Long> INITIAL =
      Key.required(
          "initial",
          UnitType.duration(0, Distributions.MAX_NS),
          "pause after the first failed try");
  private static final Key<BigDecimal> FACTOR =
      Key.optional(
          "factor",
          new DecimalType("a factor", BigDecimal.ONE, MAX_FACTOR),
          BigDecimal.valueOf(2),
          "2",
          "from one pause to the next");
  private static final Key<Long> LONGEST =
      Key.optional(
          "max",
          UnitType.duration(0, Distributions.MAX_NS),
          30_000_000_000L,
          "30s",
          "longest pause");
  private static final Key<Boolean> JITTER =
      Key.optional(
          "jitter",
          new EnumType<>(jitters()),
          false,
          "none",
          "with `full` each pause is drawn between zero and its length");
  private static final ObjectType<Step.Backoff> BACKOFF =
      new ObjectType<>("`backoff`", List.of(INITIAL, FACTOR, LONGEST, JITTER), StepParts::backoff);

  private static final Key<Long> TIMES =
      Key.required(
          "times",
          new IntegerType("a number of tries", 1, MAX_TRIES),
          "tries at most, the first included");
  private static final Key<SourceExpression> UNTIL =
      Key.optional(
          "until",
          ExpressionType.CONDITION,
          "when a try is good; by default when no request in it failed");
  private static final Key<Step.Backoff> PAUSES =
      Key.optional("backoff", BACKOFF, Step.Backoff.NONE, "", "pauses between tries");

  /** Tries of a retry step. */
  record Tries(int times, Step.Backoff backoff, Optional<SourceExpression> until) {}

  static final ObjectType<Tries> TRIES =
      new ObjectType<>(
          "`retry`",
          List.of(TIMES, UNTIL, PAUSES),
          v ->
              new Tries(v.get(TIMES).intValue(), v.get(PAUSES), Optional.ofNullable(v.get(UNTIL))));

  private static final Key<Long> MOST =
      Key.optional(
          "max",
          new IntegerType("a number of requests", 1, MAX_PARALLEL),
          (long) BROWSER,
          "6",
          "requests under way at once");

  static final ObjectType<Integer> PARALLEL =
      new ObjectType<>("`parallel`", List.of(MOST), v -> v.get(MOST).intValue());

  private static final Key<Long> USERS =
      Key.required(
          "users",
          new IntegerType("a number of VUs", 1, LoadKeys.MAX_VUS),
          "so many go on together");
  private static final Key<Long> TIMEOUT =
      Key.optional(
          "timeout",
          UnitType.duration(1, Distributions.MAX_NS),
          30_000_000_000L,
          "30s",
          "after so long a VU goes on alone");

  /** Of a rendezvous. */
  record Meeting(int users, long timeoutNs) {}

  static final ObjectType<Meeting> MEETING =
      new ObjectType<>(
          "`rendezvous`",
          List.of(USERS, TIMEOUT),
          v -> new Meeting(v.get(USERS).intValue(), v.get(TIMEOUT)));

  private StepParts() {}

  private static Map<String, Boolean> jitters() {
    final Map<String, Boolean> drawnByWord = new LinkedHashMap<>();
    drawnByWord.put("none", false);
    drawnByWord.put("full", true);
    return drawnByWord;
  }

  private static Step.Backoff backoff(final Values v) {
    return new Step.Backoff(
        v.get(INITIAL), v.get(FACTOR).doubleValue(), v.get(LONGEST), v.get(JITTER));
  }
}
