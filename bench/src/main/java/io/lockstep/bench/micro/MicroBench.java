package io.lockstep.bench.micro;

import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.WrongResultException;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benches of this package, in JVMs with the flags of the real one. */
public final class MicroBench implements Bench {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final long ITERATION_MS = 400;
  private static final long TINY_ITERATION_MS = 5;
  private static final int WARM_UPS = 4;
  private static final int FORKS = 2;

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String purpose() {
    return "JMH: draws, timers, events, digests, responses, contents, histogram";
  }

  @Override
  public void run(final BenchOptions options, final Report report) {
    report.section("micro (JMH; average, its 99.9% error, bytes allocated)");
    final Collection<RunResult> results;
    try {
      results = new Runner(settings(options).build()).run();
    } catch (final RunnerException e) {
      throw new WrongResultException("a JMH bench failed: " + e.getMessage());
    }
    results.forEach(result -> print(result, report));
  }

  private static ChainedOptionsBuilder settings(final BenchOptions options) {
    final String here = MicroBench.class.getPackageName().replace(".", "\\.");
    final ChainedOptionsBuilder settings =
        new OptionsBuilder()
            .include("^" + here + "\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class);
    // In a test nothing is timed, so no JVM is forked either: the code need only run.
    return options.tiny()
        ? settings
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(TINY_ITERATION_MS))
        : settings
            .forks(FORKS)
            .jvmArgs(options.jvmArgs())
            .warmupIterations(WARM_UPS)
            .warmupTime(TimeValue.milliseconds(ITERATION_MS))
            .measurementIterations(options.rounds())
            .measurementTime(TimeValue.milliseconds(ITERATION_MS));
  }

  private static void print(final RunResult run, final Report report) {
    final Result<?> primary = run.getPrimaryResult();
    final String name = run.getParams().getBenchmark();
    final Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    final StringBuilder title = new StringBuilder(shortened(name));
    for (final String key : run.getParams().getParamsKeys()) {
      title.append(' ').append(key).append('=').append(run.getParams().getParam(key));
    }
    report.figure(
        title.toString(),
        String.format(
            Locale.ROOT,
            "%,.2f +- %,.2f %s, %s B",
            primary.getScore(),
            primary.getScoreError(),
            primary.getScoreUnit(),
            allocated == null ? "?" : String.format(Locale.ROOT, "%,.3f", allocated.getScore())),
        "");
  }

  /** Class and method. */
  private static String shortened(final String name) {
    return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
  }
}
