package io.lockstep.bench;

import io.lockstep.bench.accuracy.AccuracyBench;
import io.lockstep.bench.append.AppendBench;
import io.lockstep.bench.load.LoadBench;
import io.lockstep.bench.machine.FlowBench;
import io.lockstep.bench.machine.ReplayBench;
import io.lockstep.bench.machine.SimulateBench;
import io.lockstep.bench.measure.Bench;
import io.lockstep.bench.measure.BenchOptions;
import io.lockstep.bench.measure.Report;
import io.lockstep.bench.measure.Surroundings;
import io.lockstep.bench.measure.WrongResultException;
import io.lockstep.bench.micro.MicroBench;
import io.lockstep.bench.network.ConnectionsBench;
import io.lockstep.bench.network.HttpBench;
import io.lockstep.bench.network.LatenessBench;
import io.lockstep.bench.network.PeersBench;
import io.lockstep.bench.network.SoakBench;
import io.lockstep.bench.network.StartBench;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Runs benches by name, in the order given. {@code bench/run} starts it. */
public final class Benches {
  private static final List<Bench> ALL =
      List.of(
          new SimulateBench(),
          new FlowBench(),
          new ReplayBench(),
          new AppendBench(),
          new LoadBench(),
          HttpBench.plain(),
          HttpBench.secured(),
          HttpBench.ring(),
          new LatenessBench(),
          new ConnectionsBench(),
          new StartBench(),
          new SoakBench(),
          new PeersBench(),
          new AccuracyBench(),
          new MicroBench());
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Benches() {}

  /** Exits with 0 if all ran, also where a figure fell short; 1 if one failed; 2 on wrong usage. */
  public static void main(final String[] args) {
    System.exit(run(args));
  }

  private static int run(final String[] args) {
    try {
      final CommandLine asked = CommandLine.parse(List.of(args));
      if (asked.help()) {
        System.out.print(usage());
        return 0;
      }
      final Report report = new Report(System.out, !asked.options().tiny());
      run(asked.names(), asked.options(), report);
      return 0;
    } catch (final IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(usage());
      return USAGE;
    } catch (final WrongResultException | IOException e) {
      System.err.println("bench: " + e.getMessage());
      return FAILED;
    }
  }

  /**
   * Runs the named benches, all if none is named.
   *
   * @throws IllegalArgumentException if there is no such bench.
   */
  static void run(final List<String> names, final BenchOptions options, final Report report)
      throws IOException {
    final List<Bench> chosen = names.isEmpty() ? ALL : names.stream().map(Benches::named).toList();
    Surroundings.describe(options, report);
    for (final Bench bench : chosen) {
      bench.run(options, report);
    }
    report.conclude();
  }

  private static Bench named(final String name) {
    return ALL.stream()
        .filter(bench -> bench.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no bench '"
                        + name
                        + "'; there are "
                        + String.join(", ", ALL.stream().map(Bench::name).toList())));
  }

  private static String usage() {
    final StringBuilder text = new StringBuilder("benches:\n");
    for (final Bench bench : ALL) {
      text.append(String.format(Locale.ROOT, "  %-12s %s%n", bench.name(), bench.purpose()));
    }
    return text.append(CommandLine.OPTIONS).toString();
  }
}
