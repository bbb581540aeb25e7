package io.lockstep.app.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.engine.core.port.HostProbe;
import io.lockstep.engine.core.port.HostProbe.HostCounts;
import io.lockstep.engine.core.port.HostProbe.ThreadCounts;
import io.lockstep.engine.core.port.HostProbe.ThreadProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {
  @TempDir Path root;

  @Test
  void shouldTakeCountersOutOfTheirColumns() throws IOException {
    write("proc/stat", "cpu  100 20 30 4000 5 6 7 8 9 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n");
    write(
        "proc/net/snmp",
        "Ip: Forwarding\nIp: 1\n"
            + "Tcp: RtoAlgorithm MaxConn InSegs OutSegs RetransSegs\nTcp: 1 -1 5 77 3\n");
    final ProcFiles proc = new ProcFiles(root.resolve("proc"));
    assertEquals(10_000_000L * (100 + 20 + 30 + 6 + 7), proc.cpuNs());
    assertEquals(80_000_000L, proc.stolenNs());
    assertEquals(77, proc.segmentsSent());
    assertEquals(3, proc.segmentsRetransmitted());
  }

  @Test
  void shouldTakeAThreadsWaitsOutOfItsDirectory() throws IOException {
    write("task/schedstat", "1000 2000 30\n");
    write(
        "task/status",
        "Name:\tengine-0\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t6");
    assertEquals(new ThreadCounts(2_000, 30, 6), new ProcFiles(root).thread(root.resolve("task")));
  }

  @Test
  void shouldKnowNothingWhereThereIsNothingToRead() throws IOException {
    assertEquals(ThreadCounts.UNKNOWN, new SystemProbe(root).currentThread().read());
    final HostCounts counts = new SystemProbe(root).counts();
    assertEquals(HostProbe.UNKNOWN, counts.machineCpuNs());
    assertEquals(HostProbe.UNKNOWN, counts.segmentsSent());
    assertEquals(HostProbe.UNKNOWN, counts.since(counts).machineCpuNs());
    write("stat", "cpu  of another kind\n");
    write("net/snmp", "Tcp: OutSegs\n");
    assertEquals(HostProbe.UNKNOWN, new SystemProbe(root).counts().stolenNs());
    assertEquals(HostProbe.UNKNOWN, new SystemProbe(root).counts().segmentsSent());
  }

  @Test
  void shouldCountWhatThisThreadDoes() {
    assumeTrue(Files.exists(Path.of("/proc/thread-self/schedstat")), "needs Linux");
    final SystemProbe probe = new SystemProbe();
    final ThreadProbe thread = probe.currentThread();
    final ThreadCounts before = thread.read();
    final HostCounts counts = probe.counts();
    Thread.yield();
    System.gc();
    assertTrue(before.slices() > 0 && before.waitNs() >= 0, before::toString);
    assertTrue(thread.read().slices() >= before.slices());
    final HostCounts grown = probe.counts().since(counts);
    assertTrue(grown.safepoints() > 0, grown::toString);
    assertTrue(grown.segmentsSent() >= 0, grown::toString);
  }

  private void write(final String file, final String text) throws IOException {
    final Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
