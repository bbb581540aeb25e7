package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.Ending;
import io.lockstep.engine.core.metric.Endings;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.OnceMetrics;
import io.lockstep.engine.core.metric.TestEnding;
import io.lockstep.replay.event.EventNames;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.metric.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What ended iterations, VUs and the test before their time, and what became of the starts and the
 * stops of VUs.
 *
 * @param ended what was ended by what; only what was
 * @param once starts and stops of which some failed or were cut off
 * @param test who ended the test; {@code null} where no flow did
 */
public record Ends(List<Ended> ended, List<Once> once, TestEnd test) {
  /** Nothing was ended. */
  static final Ends NONE = new Ends(List.of(), List.of(), null);

  public Ends {
    ended = List.copyOf(ended);
    once = List.copyOf(once);
  }

  /**
   * What ended something.
   *
   * @param by which kind it is
   * @param request whose check it was; empty where it was none
   * @param check that failed; empty where it was none
   * @param reason why there was no row of data; empty where it was not that
   */
  public record Cause(Ending.By by, String request, String check, String reason) {
    static Cause of(final Plan plan, final Ending ending) {
      if (ending.by() != Ending.By.CHECK) {
        return new Cause(ending.by(), "", "", ending.reason());
      }
      final Check made = plan.measures().checks().get(ending.check());
      return new Cause(ending.by(), EventNames.requestName(plan, made.request()), made.name(), "");
    }

    /** For people. */
    String words() {
      return switch (by) {
        case CHECK -> "check \"" + check + "\" of " + request;
        case STEP -> "a step `stop`";
        case ROWS -> reason;
      };
    }
  }

  /**
   * What was ended by something.
   *
   * @param count how often
   */
  public record Ended(Ending.What what, Cause cause, long count) {}

  /**
   * What the VUs of a scenario do once.
   *
   * @param flow start or stop
   * @param completed how many went to their end
   * @param failed how many ended since an expression came to no value
   * @param interrupted how many were cut off
   * @param failures why they failed, the most frequent first
   */
  public record Once(
      String scenario,
      String flow,
      long completed,
      long failed,
      long interrupted,
      List<Counted> failures) {
    public Once {
      failures = List.copyOf(failures);
    }

    long begun() {
      return completed + failed + interrupted;
    }
  }

  /**
   * Who ended the test.
   *
   * @param vu global id
   * @param iteration of the VU, or the arrival; below 0 in what it does once
   * @param atNs when, since the start of the run
   */
  public record TestEnd(Cause cause, String scenario, int vu, long iteration, long atNs) {}

  static Ends of(final Plan plan, final MetricsTracker metrics) {
    final Endings endings = metrics.endings();
    final List<Once> once = new ArrayList<>();
    for (int i = 0; i < endings.scenarios(); i++) {
      final String scenario = plan.scenarios().get(i).name();
      add(once, scenario, "start", endings.start(i));
      add(once, scenario, "stop", endings.stop(i));
    }
    return new Ends(
        endings.counts().stream()
            .map(one -> new Ended(one.ending().what(), Cause.of(plan, one.ending()), one.count()))
            .toList(),
        once,
        test(plan, endings.test()));
  }

  private static void add(
      final List<Once> once, final String scenario, final String flow, final OnceMetrics metrics) {
    if (metrics.failed() + metrics.interrupted() > 0) {
      once.add(
          new Once(
              scenario,
              flow,
              metrics.completed(),
              metrics.failed(),
              metrics.interrupted(),
              byCount(metrics.reasons())));
    }
  }

  /** The most frequent first. */
  static List<Counted> byCount(final Map<String, Long> countByText) {
    return countByText.entrySet().stream()
        .map(reason -> new Counted(reason.getKey(), reason.getValue()))
        .sorted(
            Comparator.comparing(Counted::count, Comparator.reverseOrder())
                .thenComparing(Counted::name))
        .toList();
  }

  private static TestEnd test(final Plan plan, final TestEnding ended) {
    return ended == null
        ? null
        : new TestEnd(
            Cause.of(plan, ended.ending()),
            plan.scenarios().get(ended.scenario()).name(),
            ended.vu(),
            ended.iteration(),
            ended.atNs());
  }

  /** Whether a failed check ended the test. */
  public boolean isTestEndedByCheck() {
    return test != null && test.cause().by() == Ending.By.CHECK;
  }

  /** How many iterations failed checks ended. */
  long iterationsEndedByChecks() {
    return ended.stream().filter(Ends::isIterationByCheck).mapToLong(Ended::count).sum();
  }

  /** The check that ended the most iterations; {@code null} where none did. */
  Ended firstCheck() {
    return ended.stream()
        .filter(Ends::isIterationByCheck)
        .max(Comparator.comparing(Ended::count))
        .orElse(null);
  }

  private static boolean isIterationByCheck(final Ended one) {
    return one.what() == Ending.What.ITERATION && one.cause().by() == Ending.By.CHECK;
  }
}
