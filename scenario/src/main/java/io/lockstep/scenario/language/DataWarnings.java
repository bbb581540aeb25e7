package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Advice about feeders that are right but may not do what is wanted. */
final class DataWarnings {
  static final String DATA_KEY = "data";

  private DataWarnings() {}

  /**
   * Which row an identity gets never depends on timing. But in a closed model it is the fastest VU
   * that first finds no row left, and how far the others are by then is the target's doing.
   */
  static void timingDependent(final LoadTest test, final MapNode root, final Reading in) {
    for (final Feeder feeder : test.feeders()) {
      final Optional<Scenario> closed =
          test.scenarios().stream().filter(scenario -> isClosed(scenario.load())).findFirst();
      if (feeder.atEnd() == FeederPlan.AtEnd.STOP_TEST
          && feeder.per() == FeederPlan.Per.ITERATION
          && closed.isPresent()) {
        in.warn(
            Diagnostic.Kind.TIMING_DEPENDENT,
            offset(root, feeder.name(), Feeders.AT_END_KEY),
            "in the closed model of scenario `"
                + closed.get().name()
                + "` timing decides when the test stops: at the first VU that finds no row left",
            "`at_end: stop-vu` lets each VU use its rows up, whatever the others do");
      }
    }
  }

  /**
   * Warns where it is known before the run that there are more who want a row than rows.
   *
   * @param rowsByFeeder how many rows each feeder has
   */
  static void rowsRunOut(
      final LoadTest test,
      final Map<String, Long> rowsByFeeder,
      final MapNode root,
      final Reading in) {
    for (final Feeder feeder : test.feeders()) {
      if (feeder.atEnd() != FeederPlan.AtEnd.RECYCLE) {
        final long rows = rowsByFeeder.get(feeder.name());
        final int shares = feeder.mode() == FeederPlan.Mode.UNIQUE ? test.scenarios().size() : 1;
        for (final Scenario scenario : test.scenarios()) {
          final Optional<BigInteger> wanted = wanted(feeder, scenario.load());
          if (wanted.isPresent() && wanted.get().compareTo(BigInteger.valueOf(rows / shares)) > 0) {
            in.warn(
                Diagnostic.Kind.ROWS_RUN_OUT,
                offset(root, feeder.name()),
                "the rows run out: scenario `"
                    + scenario.name()
                    + "` wants "
                    + wanted.get()
                    + ", and there are "
                    + rows
                    + (shares > 1 ? " for " + shares + " scenarios, who share them" : ""),
                "`at_end` says what happens then");
          }
        }
      }
    }
  }

  /** How many rows a load wants, where that is known. */
  private static Optional<BigInteger> wanted(final Feeder feeder, final LoadProfile load) {
    if (load instanceof LoadProfile.ConstantArrivalRate l) {
      return Optional.of(
          BigInteger.valueOf(l.rate())
              .multiply(BigInteger.valueOf(l.durationNs()))
              .divide(BigInteger.valueOf(l.timeUnitNs())));
    }
    if (load instanceof LoadProfile.SharedIterations l) {
      return Optional.of(BigInteger.valueOf(l.iterations()));
    }
    if (!load.vusLast()) {
      return Optional.empty();
    }
    if (feeder.per() == FeederPlan.Per.VU) {
      return Optional.of(BigInteger.valueOf(load.vus()));
    }
    return load instanceof LoadProfile.PerVuIterations l
        ? Optional.of(BigInteger.valueOf(l.vus()).multiply(BigInteger.valueOf(l.iterations())))
        : Optional.empty();
  }

  private static boolean isClosed(final LoadProfile load) {
    return load.vusLast();
  }

  /** Where the value of a key of a feeder is. */
  static int offset(final MapNode root, final String feeder, final String key) {
    return ((MapNode) feeder(root, feeder)).get(key).offset();
  }

  private static int offset(final MapNode root, final String feeder) {
    return feeder(root, feeder).offset();
  }

  private static Node feeder(final MapNode root, final String feeder) {
    return ((MapNode) root.get(DATA_KEY)).get(feeder);
  }
}
