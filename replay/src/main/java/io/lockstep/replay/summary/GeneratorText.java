package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Network;
import io.lockstep.replay.event.Durations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a generator used and what held it up, for a terminal: the figures behind the verdict. */
final class GeneratorText {
  /** Beyond so many threads only the busiest are named. */
  private static final int MAX_THREADS = 4;

  private final RunSummary summary;
  private final Resources used;
  private final GeneratorUse held;
  private final StringBuilder out;

  private GeneratorText(final RunSummary summary, final StringBuilder out) {
    this.summary = summary;
    used = summary.generator();
    held = summary.held();
    this.out = out;
  }

  static void append(final RunSummary summary, final StringBuilder out) {
    final GeneratorText text = new GeneratorText(summary, out);
    text.threads();
    text.stalls();
    text.waits();
    text.machine();
  }

  private void threads() {
    final List<ThreadUse> busiest =
        summary.threads().stream()
            .sorted(Comparator.comparingLong(ThreadUse::cpuNs).reversed())
            .limit(MAX_THREADS)
            .toList();
    for (int i = 0; i < busiest.size(); i++) {
      item(i == 0 ? "threads" : "", thread(busiest.get(i)));
    }
    final int others = summary.threads().size() - busiest.size();
    if (others > 0) {
      item("", Cells.count(others) + " more, which used less");
    }
    if (held.spins()) {
      item("", "they spin when idle: an engine had work " + percent(held.busyNs(), used.wallNs()));
    }
  }

  private static String thread(final ThreadUse thread) {
    final StringBuilder text = new StringBuilder(thread.name());
    text.append(' ').append(percent(thread.cpuNs(), thread.wallNs())).append(" of a core");
    if (thread.waitNs() != ThreadUse.UNKNOWN) {
      text.append(", waited ").append(percent(thread.waitNs(), thread.wallNs())).append(" for one");
    }
    if (thread.preemptions() != ThreadUse.UNKNOWN) {
      text.append(", preempted ").append(Cells.count(thread.preemptions())).append(" times");
    }
    return text.toString();
  }

  private void stalls() {
    final String most = "longest cycle " + Durations.rounded(used.maxCycleNs());
    item(
        "stalls",
        held.stalls() == 0
            ? "none of 1ms, " + most
            : String.join(
                ", ",
                Cells.count(held.stalls()) + " of 1ms or more",
                Durations.rounded(held.stallNs()) + " in all",
                most,
                "delay " + Durations.rounded(held.stallDelayNs()) + " on average"));
    final List<String> pauses = new ArrayList<>();
    pauses.add("gc " + Cells.count(used.gcCount()) + " in " + Durations.rounded(used.gcNs()));
    if (held.safepoints() != ThreadUse.UNKNOWN) {
      pauses.add(
          "safepoints "
              + Cells.count(held.safepoints())
              + " in "
              + Durations.rounded(held.safepointNs()));
    }
    item("pauses", String.join(", ", pauses));
  }

  private void waits() {
    final List<String> waits = new ArrayList<>();
    waits.add("journal " + Durations.rounded(used.journalStallNs()));
    waits.add("queue " + Durations.rounded(used.queueStallNs()));
    if (held.connectionWaits() > 0) {
      waits.add(
          Cells.count(held.connectionWaits())
              + " for a connection, mean "
              + Durations.rounded(held.connectionWaitNs() / held.connectionWaits())
              + ", longest "
              + Durations.rounded(held.maxConnectionWaitNs()));
    }
    item("waits", String.join(", ", waits));
  }

  private void machine() {
    final List<String> machine = new ArrayList<>();
    machine.add("this process " + cores(used.processCpuNs()) + " cores");
    if (held.machineCpuNs() != ThreadUse.UNKNOWN) {
      machine.add("others " + cores(held.machineCpuNs() - used.processCpuNs()));
    }
    if (held.stolenNs() * 200 > used.wallNs()) {
      machine.add("stolen by the hypervisor " + cores(held.stolenNs()));
    }
    machine.add("of " + used.cores() + " to use");
    item("machine", String.join(", ", machine));
    if (held.network() != Network.UNKNOWN) {
      item(
          "network",
          held.network().key()
              + (held.cpus() == 0
                  ? ""
                  : ", threads pinned to " + held.cpus() + (held.cpus() == 1 ? " CPU" : " CPUs")));
    }
    if (held.segmentsRetransmitted() != ThreadUse.UNKNOWN) {
      item(
          "tcp, system-wide",
          Cells.count(held.segmentsRetransmitted())
              + " of "
              + Cells.count(held.segmentsSent())
              + " segments sent again");
    }
  }

  private String cores(final long cpuNs) {
    return String.format(
        Locale.ROOT, "%.2f", (double) Math.max(0, cpuNs) / Math.max(1, used.wallNs()));
  }

  private static String percent(final long part, final long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / Math.max(1, whole));
  }

  private void item(final String name, final String value) {
    Style.item(out, name, value);
  }
}
