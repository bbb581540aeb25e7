package io.lockstep.scenario.advice;

import io.lockstep.scenario.diagnostic.Diagnostic.Kind;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.FeederPlan.AtEnd;
import io.lockstep.scenario.plan.FeederPlan.Mode;
import io.lockstep.scenario.plan.FeederPlan.Per;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import java.math.BigInteger;
import java.util.Optional;

/** Warns where rows of data run out, and where it is timing that decides when. */
final class RowAdvice {
  private final Plan plan;
  private final MapNode root;
  private final Reading in;

  RowAdvice(final Plan plan, final MapNode root, final Reading in) {
    this.plan = plan;
    this.root = root;
    this.in = in;
  }

  void report() {
    for (final FeederPlan feeder : plan.feeders()) {
      if (feeder.mode() != Mode.RANDOM && feeder.atEnd() != AtEnd.RECYCLE) {
        feeder.scenarios().forEach(scenario -> runOut(feeder, plan.scenarios().get(scenario)));
        timing(feeder);
      }
    }
  }

  /** Warns where it is known before the run that there are more who want a row than rows. */
  private void runOut(final FeederPlan feeder, final ScenarioPlan scenario) {
    final boolean shared = lanes(feeder) > 1;
    final long share = share(feeder, scenario);
    final Optional<BigInteger> wanted = wanted(feeder, scenario);
    if (wanted.isPresent() && wanted.get().compareTo(BigInteger.valueOf(share)) > 0) {
      in.warn(
          Kind.ROWS_RUN_OUT,
          FileNodes.map(FileNodes.map(root, FileNodes.DATA), feeder.name()).offset(),
          "the rows run out: scenario `"
              + scenario.name()
              + "` wants "
              + wanted.get()
              + ", and there are "
              + (shared ? share + " for it: " + lanes(feeder) + " scenarios share " : "")
              + feeder.rows(),
          "`at_end` says what happens then");
    }
  }

  /** Among how many scenarios the rows are dealt out. */
  private static int lanes(final FeederPlan feeder) {
    return feeder.mode() == Mode.UNIQUE ? feeder.scenarios().size() : 1;
  }

  /** How many rows are a scenario's. */
  private static long share(final FeederPlan feeder, final ScenarioPlan scenario) {
    final int lanes = lanes(feeder);
    final int lane = lanes > 1 ? feeder.scenarios().indexOf(scenario.index()) : 0;
    return (feeder.rows() - lane + lanes - 1) / lanes;
  }

  /** How many have a row of their own, where the plan tells. */
  private Optional<BigInteger> wanted(final FeederPlan feeder, final ScenarioPlan scenario) {
    final Load load = scenario.load();
    if (load instanceof Load.SharedIterations shared) {
      return Optional.of(BigInteger.valueOf(shared.iterations()));
    }
    if (load.isOpen()) {
      return Arrivals.of(load, plan.tickNs());
    }
    if (feeder.per() == Per.VU) {
      return load instanceof Load.Controlled // an operator decides
          ? Optional.empty()
          : Optional.of(BigInteger.valueOf(scenario.vus()));
    }
    return load instanceof Load.Closed closed && closed.iterations() != Load.UNLIMITED
        ? Optional.of(
            BigInteger.valueOf(scenario.vus()).multiply(BigInteger.valueOf(closed.iterations())))
        : Optional.empty(); // as many as the target's speed allows
  }

  /**
   * Which row an identity gets never depends on timing. But in a closed model it is the fastest VU
   * that first finds no row left, and how far the others are by then is the target's doing.
   */
  private void timing(final FeederPlan feeder) {
    final Optional<ScenarioPlan> closed =
        feeder.scenarios().stream()
            .map(plan.scenarios()::get)
            .filter(scenario -> scenario.load().vusLast())
            .filter(scenario -> mayRunOut(feeder, scenario))
            .findFirst();
    if (feeder.atEnd() == AtEnd.STOP_TEST && feeder.per() == Per.ITERATION && closed.isPresent()) {
      final MapNode data = FileNodes.map(FileNodes.map(root, FileNodes.DATA), feeder.name());
      in.warn(
          Kind.TIMING_DEPENDENT,
          FileNodes.entry(data, "at_end")
              .map(entry -> entry.value().offset())
              .orElse(data.offset()),
          "in the closed model of scenario `"
              + closed.get().name()
              + "` timing decides when the test stops: at the first VU that finds no row left",
          "`at_end: stop-vu` lets each VU use its rows up, whatever the others do");
    }
  }

  /** Whether it is not known that there are rows for all. */
  private boolean mayRunOut(final FeederPlan feeder, final ScenarioPlan scenario) {
    final BigInteger share = BigInteger.valueOf(share(feeder, scenario));
    return wanted(feeder, scenario).map(wanted -> wanted.compareTo(share) > 0).orElse(true);
  }
}
