package io.lockstep.engine.core.agent;

import java.util.BitSet;
import net.openhft.affinity.Affinity;

/** Keeps threads on CPUs. */
public final class Pinning {
  private Pinning() {}

  /**
   * Whether threads of this process can be kept on a CPU: it may be offline, or the process in a
   * group that others' CPUs are not for. Tries it, on a thread of its own. Where a system cannot
   * pin at all, nothing is said against it.
   */
  public static boolean allows(final int cpu) {
    final boolean[] allowed = new boolean[1];
    final Thread trial = new Thread(() -> allowed[0] = tryOut(cpu), "pinning-trial");
    trial.start();
    boolean interrupted = false;
    while (trial.isAlive()) {
      try {
        trial.join();
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return allowed[0];
  }

  private static boolean tryOut(final int cpu) {
    try {
      pin(cpu);
    } catch (final IllegalStateException e) {
      return false; // as the library says that the system refused
    }
    final BitSet actual = Affinity.getAffinity();
    return actual.isEmpty() || actual.get(cpu);
  }

  /** Keeps the current thread on a CPU. */
  static void pin(final int cpu) {
    final BitSet mask = new BitSet();
    mask.set(cpu);
    Affinity.setAffinity(mask);
  }
}
