package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import java.util.List;
import java.util.Locale;

/** What to do against a finding, given how the run was spread over its machine. */
final class Advice {
  private final Resources used;
  private final GeneratorUse held;
  private final int threads;
  private final boolean dedicated;

  Advice(final Resources used, final GeneratorUse held, final List<ThreadUse> threads) {
    this.used = used;
    this.held = held;
    this.threads = threads.size();
    dedicated = threads.stream().anyMatch(thread -> thread.role() != ThreadUse.Role.ENGINE);
  }

  /** Against a lack of CPU. */
  String forCpu() {
    if (held.cpus() > 0 && held.cpus() < threads) {
      return String.format(
          Locale.ROOT,
          "%d threads share the %d CPUs of --cpus; name one for each, or leave it out",
          threads,
          held.cpus());
    }
    if (threads > used.cores()) {
      return String.format(
          Locale.ROOT,
          "%d threads share %s; %s",
          threads,
          cores(),
          dedicated ? "use --threading shared" : "use fewer --shards");
    }
    if (isLarge(held.stolenNs())) {
      return "the hypervisor gave it to other machines; use a machine of your own";
    }
    return String.format(
        Locale.ROOT,
        "other processes use what it may run on (%s); stop them, or give Lockstep a core of its own%s",
        held.cpus() > 0 ? "the " + held.cpus() + " of --cpus" : cores(),
        held.cpus() > 0 ? " with other --cpus" : "");
  }

  /** Against stalls that nothing else explains. */
  String forStalls() {
    if (isLarge(held.stolenNs())) {
      return "the hypervisor gave its CPU to other machines; use a machine of your own";
    }
    if (held.stallNs() > 0 && held.safepointNs() * 2 > held.stallNs()) {
      return "the JVM paused; see the pauses below";
    }
    return "is something else running on this machine, or is one cycle too much work?";
  }

  /** Against too much load for one thread. */
  String forLoad() {
    return threads < used.cores()
        ? "use more shards (--shards) or less load"
        : "use less load, or a machine with more than " + cores();
  }

  String forJournal() {
    return "an engine waited %s of %s for the journal: put it on a faster disk (--out)"
        + (dedicated ? "" : ", give it a thread of its own (--threading dedicated)")
        + ", or use less load";
  }

  String forQueue() {
    return "an engine waited %s of %s for a full queue to the transport: "
        + (threads < used.cores() ? "use more shards (--shards)" : "use --threading shared")
        + " or less load";
  }

  String forGc() {
    return "garbage collection took %s of %s: give the JVM a larger heap"
        + " (LOCKSTEP_JAVA_OPTS=-Xmx…)";
  }

  String forSafepoints() {
    return "the JVM stopped all threads for %s of %s, apart from garbage collection: run without"
        + " profilers and diagnostic agents";
  }

  private boolean isLarge(final long ns) {
    return ns * 20 > used.wallNs();
  }

  private String cores() {
    return used.cores() == 1 ? "1 core" : used.cores() + " cores";
  }
}
