package io.lockstep.app.host;

import io.lockstep.engine.transport.net.FileLimit;
import io.lockstep.engine.transport.net.UringState;
import java.util.List;

/**
 * What matters of this machine to a load generator. What the system does not tell is empty, {@code
 * null} or {@link #UNKNOWN}.
 *
 * @param cores that this process may use
 * @param quota CPU that its control group grants, in cores
 * @param load processes that wanted to run in the last minute, on average
 * @param governors of the cores, each once
 * @param clockSource that the kernel reads the time from
 * @param clockSources that it could read from
 * @param files limit of open files
 * @param firstPort of those for outgoing connections
 * @param lastPort of them
 * @param timeWait sockets whose ports are held after their end
 * @param maxTimeWait most of these
 * @param memoryBytes of the machine
 * @param availableBytes of it, without swapping
 * @param limitBytes of it that the control group of this process may use
 * @param heapBytes that this JVM may use at most
 * @param transparentHugePages when the kernel gives them: always, madvise or never
 * @param uring whether io_uring can be used
 * @param jdk its version
 * @param jdkFeature the first number of that
 */
public record Host(
    int cores,
    double quota,
    double load,
    List<String> governors,
    String clockSource,
    List<String> clockSources,
    FileLimit files,
    int firstPort,
    int lastPort,
    long timeWait,
    long maxTimeWait,
    long memoryBytes,
    long availableBytes,
    long limitBytes,
    long heapBytes,
    String transparentHugePages,
    UringState uring,
    String jdk,
    int jdkFeature) {
  /** Of a figure that the system does not tell. */
  public static final int UNKNOWN = -1;

  public Host {
    governors = List.copyOf(governors);
    clockSources = List.copyOf(clockSources);
  }

  /** This machine, as this process sees it now. */
  public static Host read() {
    return new HostReader(UringState::read).read();
  }

  /** The same without asking for io_uring, which takes a moment; for a run that has it or not. */
  public static Host glance() {
    return new HostReader(() -> null).read();
  }

  /** Memory that a process can still get: of the machine, within its control group. */
  public long freeBytes() {
    return limitBytes < 0
        ? availableBytes
        : availableBytes < 0 ? limitBytes : Math.min(availableBytes, limitBytes);
  }

  /** How many connections to one address of a target can be open at once. */
  public int ports() {
    return firstPort == UNKNOWN ? UNKNOWN : lastPort - firstPort + 1;
  }
}
