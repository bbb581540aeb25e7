package io.lockstep.app.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReaderTest {
  @TempDir Path root;

  @Test
  void shouldReadWhatTheSystemTells() throws IOException {
    write("proc/loadavg", "13.63 12.05 8.99 30/318 5986\n");
    write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
    write("proc/sys/net/ipv4/tcp_max_tw_buckets", "131072\n");
    write("proc/net/sockstat", "sockets: used 32\nTCP: inuse 1 orphan 0 tw 45 alloc 1 mem 164\n");
    write("proc/meminfo", "MemTotal:       16384 kB\nMemAvailable:    8192 kB\n");
    write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
    write("sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc kvm-clock \n");
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
    write("sys/devices/system/cpu/cpufreq/none", "");
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    write("sys/fs/cgroup/cpu.max", "150000 100000\n");
    write("sys/fs/cgroup/memory.max", "4194304\n");
    final Host host = new HostReader(root, () -> null).read();
    assertEquals(13.63, host.load());
    assertEquals(1.5, host.quota());
    assertEquals(28_232, host.ports());
    assertEquals(45, host.timeWait());
    assertEquals(131_072, host.maxTimeWait());
    assertEquals(16L << 20, host.memoryBytes());
    assertEquals(8L << 20, host.availableBytes());
    assertEquals(4L << 20, host.limitBytes());
    assertEquals(4L << 20, host.freeBytes());
    assertEquals("tsc", host.clockSource());
    assertEquals(List.of("tsc", "kvm-clock"), host.clockSources());
    assertEquals(List.of("powersave"), host.governors());
    assertEquals("madvise", host.transparentHugePages());
  }

  @Test
  void shouldKnowNothingOfASystemThatTellsNothing() throws IOException {
    write("sys/fs/cgroup/cpu.max", "max 100000\n");
    final Host host = new HostReader(root, () -> null).read();
    assertEquals(Host.UNKNOWN, host.load());
    assertEquals(Host.UNKNOWN, host.quota());
    assertEquals(Host.UNKNOWN, host.ports());
    assertEquals(Host.UNKNOWN, host.timeWait());
    assertEquals(Host.UNKNOWN, host.memoryBytes());
    assertEquals("", host.clockSource());
    assertEquals(List.of(), host.governors());
  }

  @Test
  void shouldTakeTheLeastOfAllGroupsThatTheProcessLiesIn() throws IOException {
    write("proc/self/cgroup", "4:memory:/jobs/one\n2:cpu,cpuacct:/jobs/one\n0::/\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpu/jobs/cpu.cfs_quota_us", "250000\n");
    write("sys/fs/cgroup/cpu/jobs/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpu/jobs/one/cpu.cfs_quota_us", "400000\n");
    write("sys/fs/cgroup/cpu/jobs/one/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/jobs/one/memory.limit_in_bytes", "1048576\n");
    final Host host = new HostReader(root, () -> null).read();
    assertEquals(2.5, host.quota());
    assertEquals(1L << 20, host.limitBytes());
  }

  @Test
  void shouldReadTheGroupOfTheSecondVersionWhereThePathLeads() throws IOException {
    write("proc/self/cgroup", "0::/app.slice/run\n");
    write("sys/fs/cgroup/app.slice/run/cpu.max", "max 100000\n");
    write("sys/fs/cgroup/app.slice/cpu.max", "50000 100000\n");
    write("sys/fs/cgroup/app.slice/memory.max", "max\n");
    final Host host = new HostReader(root, () -> null).read();
    assertEquals(0.5, host.quota());
    assertEquals(Host.UNKNOWN, host.limitBytes());
  }

  private void write(final String file, final String text) throws IOException {
    final Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
