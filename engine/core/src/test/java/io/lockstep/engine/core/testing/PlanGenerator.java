package io.lockstep.engine.core.testing;

import io.lockstep.engine.core.testing.Plans.Ask;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Timing;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Draws plans of every shape that the language has, each with a bound, so that each run ends. */
public final class PlanGenerator {
  private static final long MILLI_NS = 1_000_000;

  private PlanGenerator() {}

  /** Plans with one to three scenarios, closed and open, and a target without a queue. */
  public static Arbitrary<Plan> plans() {
    return Combinators.combine(Arbitraries.longs(), groups())
        .as((seed, groups) -> Plans.of(seed, Simulation.UNLIMITED, groups));
  }

  /** One to three scenarios with names of their own. */
  public static Arbitrary<List<Group>> groups() {
    return Combinators.combine(
            loads(), vus(), asks(), thinks(), Arbitraries.longs().between(0, 60), timings())
        .as(
            (load, vus, asks, think, graceful, timing) ->
                new Group("", enough(vus, load), load, graceful, think, asks, timing))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(PlanGenerator::named);
  }

  private static List<Group> named(final List<Group> groups) {
    final List<Group> named = new ArrayList<>();
    for (final Group group : groups) {
      final String name = "s" + named.size();
      final List<Ask> asks = new ArrayList<>();
      for (final Ask ask : group.asks()) {
        asks.add(
            new Ask(
                name + "r" + asks.size(),
                ask.weight(),
                ask.timeoutTicks(),
                ask.latency(),
                ask.errors()));
      }
      named.add(
          new Group(
              name,
              group.vus(),
              group.load(),
              group.gracefulStopTicks(),
              group.think(),
              asks,
              group.timing()));
    }
    return named;
  }

  private static Arbitrary<Integer> vus() {
    return Arbitraries.integers().between(1, 12);
  }

  private static Arbitrary<Load> loads() {
    final Arbitrary<Load> byIterations =
        Combinators.combine(
                Arbitraries.longs().between(1, 20), Arbitraries.of(Load.UNLIMITED, 50L, 500L))
            .as((iterations, ticks) -> new Load.Closed(ticks, iterations));
    final Arbitrary<Load> byDuration =
        Arbitraries.longs().between(1, 600).map(t -> new Load.Closed(t, Load.UNLIMITED));
    final Arbitrary<Load> open =
        Combinators.combine(
                Arbitraries.longs().between(1, 30_000),
                Arbitraries.longs().between(1, 600),
                Arbitraries.of(Load.ArrivalProcess.class))
            .as((rate, t, process) -> open(rate, t, process));
    return Arbitraries.oneOf(byIterations, byDuration, open, shared(), rampingVus(), rampingRate());
  }

  /** Fifteen VUs at least where shards share iterations, as many as tests have shards. */
  private static int enough(final int vus, final Load load) {
    if (load instanceof Load.RampingVus ramp) {
      return (int) Math.max(1, ramp.stages().highest(ramp.startVus()));
    }
    return load instanceof Load.SharedIterations ? vus + 15 : vus;
  }

  private static Arbitrary<Load> shared() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 200), Arbitraries.of(Load.UNLIMITED, 50L, 500L))
        .as(Load.SharedIterations::new);
  }

  private static Arbitrary<Load> rampingVus() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9), stages(12), Arbitraries.longs().between(0, 200))
        .as(Load.RampingVus::new);
  }

  private static Arbitrary<Load> rampingRate() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 30_000),
            stages(30_000),
            Arbitraries.of(Load.ArrivalProcess.class))
        .as(
            (rate, stages, process) ->
                new Load.RampingRate(rate, 1_000_000_000, stages, process, Site.of("arrivals")));
  }

  /** One to five stages, some of them jumps, with targets from 0 up to one. */
  public static Arbitrary<Stages> stages(final long highest) {
    return Arbitraries.longs()
        .between(0, 150)
        .tuple2()
        .map(pair -> pair.get1() < 20 ? 0 : pair.get2())
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .flatMap(
            ticks ->
                Arbitraries.longs()
                    .between(0, highest)
                    .list()
                    .ofSize(ticks.size())
                    .map(targets -> new Stages(array(ticks), array(targets))));
  }

  private static LongArray array(final List<Long> values) {
    return LongArray.of(values.stream().mapToLong(Long::longValue).toArray());
  }

  private static Arbitrary<Timing> timings() {
    final Arbitrary<Timing> slow =
        Combinators.combine(
                Arbitraries.longs().between(0, 100),
                Arbitraries.of(0L, 0L, 30L),
                Arbitraries.of(Timing.UNTHROTTLED, 700L, 5_000L),
                Arbitraries.longs().between(1, 5))
            .as(
                (start, pacing, throttle, burst) ->
                    new Timing(start, 0, pacing, throttle, throttle == 0 ? 0 : burst));
    return Arbitraries.oneOf(Arbitraries.just(Timing.PLAIN), slow);
  }

  private static Load open(final long rate, final long ticks, final Load.ArrivalProcess process) {
    return new Load.Open(rate, 1_000_000_000, ticks, process, Site.of("arrivals"));
  }

  private static Arbitrary<List<Ask>> asks() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 100),
            Arbitraries.of(1L, 20L, 100L, 10_000L),
            durations(),
            errors())
        .as((weight, timeout, latency, errors) -> new Ask("", weight, timeout, latency, errors))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static Arbitrary<List<Simulation.ErrorRate>> errors() {
    return Arbitraries.of(
        List.of(),
        List.of(new Simulation.ErrorRate(RequestOutcome.RESET, 0.3)),
        List.of(
            new Simulation.ErrorRate(RequestOutcome.CONNECT_REFUSED, 0.1),
            new Simulation.ErrorRate(RequestOutcome.RESPONSE_TIMEOUT, 0.2)));
  }

  private static Arbitrary<Distribution> thinks() {
    return Arbitraries.oneOf(Arbitraries.just(Plans.NO_THINK), durations());
  }

  /** Of every kind, a few milliseconds long; no longer than 40 ms in the mean. */
  private static Arbitrary<Distribution> durations() {
    final Arbitrary<Long> times = Arbitraries.longs().between(1, 20 * MILLI_NS);
    return Arbitraries.oneOf(
        times.map(Distribution.Constant::new),
        Combinators.combine(times, times).as((a, b) -> new Distribution.Uniform(a, a + b)),
        Combinators.combine(times, times).as(Distribution.Normal::new),
        times.map(t -> new Distribution.LogNormal(t, 0.8)),
        times.map(Distribution.Exponential::new),
        times.map(
            t -> new Distribution.Empirical(LongArray.of(0, t, 2 * t), LongArray.of(1, 5, 2))));
  }
}
