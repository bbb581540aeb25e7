package io.lockstep.app.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.host.HostCheck.Level;
import io.lockstep.engine.transport.net.FileLimit;
import io.lockstep.engine.transport.net.UringState;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostChecksTest {
  private static final long GIB = 1L << 30;

  private final Machine machine = new Machine();

  @Test
  void shouldFindNothingToChangeOnAGoodMachine() {
    for (final HostCheck check : HostChecks.of(machine.host())) {
      assertEquals(Level.OK, check.level(), check::toString);
      assertEquals("", check.advice());
    }
  }

  @Test
  void shouldFindNothingToChangeWhereTheSystemTellsNothing() {
    final Host silent =
        new Host(
            2, -1, -1, List.of(), "", List.of(), null, -1, -1, -1, -1, -1, -1, -1, GIB, "", null,
            "JDK", 25);
    for (final HostCheck check : HostChecks.of(silent)) {
      assertEquals(Level.OK, check.level(), check::toString);
    }
  }

  @Test
  void shouldWarnOfAQuotaAndOfABusyMachine() {
    machine.quota = 1.5;
    assertWarning("cores", "--idle backoff");
    machine.quota = 8;
    machine.load = 4.5;
    assertWarning("cores", "stop them");
  }

  @Test
  void shouldWarnOfGovernorsThatSave() {
    machine.governors = List.of("performance", "powersave");
    assertEquals(
        List.of("sudo cpupower frequency-set -g performance"),
        assertWarning("governor", "slow when it wakes").commands());
  }

  @Test
  void shouldOfferABetterClockWhereThereIsOne() {
    machine.clock = "hpet";
    assertTrue(assertWarning("clock", "better one").commands().get(0).startsWith("echo tsc | "));
    machine.clocks = List.of("hpet", "acpi_pm");
    assertEquals(List.of(), assertWarning("clock", "has no better one").commands());
  }

  @Test
  void shouldWarnOfFewPortsAndOfPortsThatAreHeld() {
    machine.timeWait = 20_000;
    assertWarning("time-wait", "hold their ports");
    machine.firstPort = 60_000;
    assertWarning("ports", "as many connections");
  }

  @Test
  void shouldNameTheLimitThatCanBeHad() {
    machine.files = new FileLimit(1_024, 524_288, 20);
    final HostCheck check = find("open files");
    assertEquals(Level.NOTE, check.level());
    assertEquals(List.of("ulimit -n 524288"), check.commands());
  }

  @Test
  void shouldNoteAHeapThatDoesNotFit() {
    machine.available = GIB;
    assertEquals(List.of("export LOCKSTEP_JAVA_OPTS=-Xmx512m"), find("memory").commands());
  }

  @Test
  void shouldWarnOfAHeapThatItsGroupDoesNotAllow() {
    machine.limit = 4 * GIB;
    final HostCheck check = assertWarning("memory", "is killed");
    assertTrue(check.found().contains("a limit of 4,096 MiB"), check.found());
    assertEquals(List.of("export LOCKSTEP_JAVA_OPTS=-Xmx2048m"), check.commands());
  }

  @Test
  void shouldSayHowToAllowIoUring() {
    machine.uring = new UringState("it is off", "allow it", List.of("do this"), null);
    final HostCheck off = find("network");
    assertEquals(Level.NOTE, off.level());
    assertTrue(off.found().endsWith("; no io_uring: it is off"), off.found());
    assertEquals(List.of("do this"), off.commands());
    machine.uring = new UringState("it takes another system", "", List.of(), null);
    assertEquals(Level.OK, find("network").level());
  }

  private HostCheck assertWarning(final String topic, final String advice) {
    final HostCheck check = find(topic);
    assertEquals(Level.WARNING, check.level(), check::toString);
    assertTrue(check.advice().contains(advice), check::toString);
    return check;
  }

  private HostCheck find(final String topic) {
    return HostChecks.of(machine.host()).stream()
        .filter(check -> check.topic().equals(topic))
        .findFirst()
        .orElseThrow();
  }

  /** A good one, until a test says otherwise. */
  private static final class Machine {
    private double quota = Host.UNKNOWN;
    private double load = 0.3;
    private List<String> governors = List.of("performance");
    private String clock = "tsc";
    private List<String> clocks = List.of("tsc", "hpet");
    private FileLimit files = new FileLimit(1_048_576, 1_048_576, 20);
    private int firstPort = 32_768;
    private long timeWait = 45;
    private long available = 12 * GIB;
    private long limit = Host.UNKNOWN;
    private UringState uring = new UringState("", "", List.of(), null);

    private Host host() {
      return new Host(
          4, quota, load, governors, clock, clocks, files, firstPort, 60_999, timeWait, 131_072,
          16 * GIB, available, limit, 4 * GIB, "madvise", uring, "JDK 25", 25);
    }
  }
}
