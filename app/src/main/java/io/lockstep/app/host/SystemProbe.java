package io.lockstep.app.host;

import io.lockstep.engine.core.port.HostProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads Linux's {@code /proc} and the JVM's own counters. What a system does not have is unknown.
 */
public final class SystemProbe implements HostProbe {
  private static final Path PROC = Path.of("/proc");

  private final ProcFiles proc;
  private final Path root;
  private final Safepoints safepoints = Safepoints.find();

  /** This system. */
  public SystemProbe() {
    this(PROC);
  }

  /** One whose {@code /proc} lies elsewhere. */
  SystemProbe(final Path root) {
    this.root = root;
    proc = new ProcFiles(root);
  }

  @Override
  public ThreadProbe currentThread() {
    try {
      final Path task = root.resolve(Files.readSymbolicLink(root.resolve("thread-self")));
      return () -> proc.thread(task);
    } catch (final IOException | UnsupportedOperationException e) {
      return () -> ThreadCounts.UNKNOWN;
    }
  }

  @Override
  public HostCounts counts() {
    return new HostCounts(
        safepoints.count(),
        safepoints.ns(),
        proc.stolenNs(),
        proc.cpuNs(),
        proc.segmentsSent(),
        proc.segmentsRetransmitted());
  }
}
