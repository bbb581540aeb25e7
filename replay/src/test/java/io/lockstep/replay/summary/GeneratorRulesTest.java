package io.lockstep.replay.summary;

import static io.lockstep.replay.summary.SummaryFixture.MS;
import static io.lockstep.replay.summary.SummaryFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.metric.ThreadUse.Role;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Network;
import io.lockstep.replay.summary.Validity.Grade;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures as they were recorded, in runs of three seconds with service times of 2 ms. */
class GeneratorRulesTest {
  private static final long WALL = 3 * SECOND;

  private final Generator generator = new Generator();

  @Test
  void shouldFindNothingInARunOfAnIdleGenerator() {
    generator.threads.add(engine(SECOND / 100, 5 * MS, 1_000));
    assertFindings(Grade.VALID, judge());
  }

  @Test
  void shouldFindNothingWhereTheSystemTellsNothing() {
    generator.threads.add(
        new ThreadUse(
            0, Role.ENGINE, WALL, SECOND, ThreadUse.UNKNOWN, ThreadUse.UNKNOWN, ThreadUse.UNKNOWN));
    generator.safepointNs = ThreadUse.UNKNOWN;
    generator.stolenNs = ThreadUse.UNKNOWN;
    assertFindings(Grade.VALID, judge());
  }

  @Test
  void shouldCallGeneratorInvalidThatSharesItsCoreWithASpinningProcess() {
    generator.threads.add(engine(WALL / 2, WALL / 2, 500));
    generator.cores = 1;
    generator.stalls = 500;
    generator.stallNs = WALL / 2;
    generator.stallDelayNs = 3 * MS / 4;
    final Validity validity = judge();
    assertFindings(Grade.INVALID, validity, "starved");
    assertTrue(text(validity).contains("engine-0 was ready to run but had no CPU"), text(validity));
    assertTrue(text(validity).contains("give Lockstep a core of its own"), text(validity));
  }

  @Test
  void shouldAdviseByTheFlagsInUse() {
    generator.threads.add(engine(WALL / 2, WALL / 2, 500));
    generator.threads.add(new ThreadUse(0, Role.TRANSPORT, WALL, WALL / 2, WALL / 2, 500, 400));
    generator.threads.add(new ThreadUse(0, Role.JOURNAL, WALL, MS, MS, 500, 400));
    assertTrue(text(judge()).contains("3 threads share 2 cores; use --threading shared"));
    generator.cpus = 1;
    assertTrue(text(judge()).contains("3 threads share the 1 CPUs of --cpus"));
    generator.cpus = 0;
    generator.cores = 4;
    generator.stolenNs = SECOND;
    assertTrue(text(judge()).contains("hypervisor"));
  }

  @Test
  void shouldNotTakeWakingUpForStarving() {
    generator.threads.add(engine(SECOND, WALL / 5, 100_000)); // 6 microseconds each
    assertFindings(Grade.VALID, judge());
  }

  @Test
  void shouldNotJudgeByTheJournalsThread() {
    generator.threads.add(engine(SECOND, MS, 500));
    generator.threads.add(new ThreadUse(0, Role.JOURNAL, WALL, MS, WALL / 2, 500, 400));
    assertFindings(Grade.VALID, judge());
  }

  @Test
  void shouldGradeStallsThatNoLackOfCpuExplains() {
    generator.stalls = 10;
    generator.stallDelayNs = MS;
    generator.stallNs = 29 * MS;
    assertFindings(Grade.VALID, judge());
    generator.stallNs = 30 * MS;
    assertFindings(Grade.DEGRADED, judge(), "stalled");
    generator.stallNs = 300 * MS;
    assertFindings(Grade.INVALID, judge(), "stalled");
  }

  @Test
  void shouldSayThatStallsCameFromALackOfCpuWhereMostDid() {
    generator.threads.add(engine(SECOND / 20, SECOND / 2, 10_000)); // 50 microseconds on average
    generator.stalls = 80;
    generator.stallNs = 400 * MS;
    generator.stallDelayNs = MS;
    assertFindings(Grade.INVALID, judge(), "starved");
    assertTrue(text(judge()).contains("had no CPU; other processes"), text(judge()));
  }

  @Test
  void shouldForgiveStallsThatAreSmallBesideTheServiceTimes() {
    generator.stalls = 100;
    generator.stallNs = SECOND;
    generator.stallDelayNs = 19_000; // of 2 ms, not quite a hundredth
    assertFindings(Grade.VALID, judge());
  }

  @Test
  void shouldNotCallShortRunInvalidForItsStart() {
    generator.wallNs = 200 * MS;
    generator.stalls = 1;
    generator.stallNs = 60 * MS;
    generator.stallDelayNs = 9 * MS;
    assertFindings(Grade.DEGRADED, judge(), "stalled");
  }

  @Test
  void shouldCallTooFewConnectionsInvalid() {
    generator.pool = 2;
    generator.connectionWaits = 1_000;
    generator.connectionWaitNs = 1_000 * MS;
    final Validity validity = judge();
    assertFindings(Grade.INVALID, validity, "connection_wait");
    assertTrue(
        text(validity)
            .startsWith("1,000 requests waited for one of the pool's 2 connections, 1.00ms"),
        text(validity));
    generator.connectionWaitNs = 100 * MS;
    assertFindings(Grade.DEGRADED, judge(), "connection_wait");
    generator.connectionWaitNs = 10 * MS;
    assertFindings(Grade.VALID, judge());
  }

  @Test
  void shouldCallSlowJournalInvalidWhateverItsThread() {
    generator.journalStallNs = 150 * MS;
    assertTrue(text(judge()).contains("--threading dedicated"), text(judge()));
    generator.threads.add(engine(SECOND, MS, 500));
    generator.threads.add(new ThreadUse(0, Role.JOURNAL, WALL, MS, MS, 500, 400));
    assertFindings(Grade.INVALID, judge(), "journal_stall");
    assertTrue(text(judge()).contains("faster disk"), text(judge()));
    assertTrue(!text(judge()).contains("--threading dedicated"), text(judge()));
  }

  @Test
  void shouldTellSafepointsFromCollections() {
    generator.gcNs = 60 * MS;
    generator.safepointNs = 70 * MS;
    assertFindings(Grade.DEGRADED, judge(), "gc");
    generator.gcNs = 0;
    generator.safepointNs = 300 * MS;
    assertFindings(Grade.INVALID, judge(), "safepoint");
  }

  @Test
  void shouldCallBusyAndLateGeneratorInvalid() {
    generator.latenessNs = 50 * MS;
    assertFindings(Grade.DEGRADED, judge(), "late");
    generator.busyNs = WALL;
    assertFindings(Grade.INVALID, judge(), "generator_saturated");
  }

  @Test
  void shouldNotSayLateWhereTheReasonIsKnown() {
    generator.latenessNs = 50 * MS;
    generator.pool = 2;
    generator.connectionWaits = 1_000;
    generator.connectionWaitNs = 1_000 * MS;
    assertFindings(Grade.DEGRADED, judge(), "connection_wait"); // a part of 52 ms each
  }

  @Test
  void shouldJudgeShardsByTheirWorst() {
    final GeneratorUse idle = generator.use();
    generator.stalls = 10;
    generator.stallNs = 300 * MS;
    generator.stallDelayNs = MS;
    generator.connectionWaits = 7;
    final GeneratorUse both = idle.plus(generator.use()).plus(idle);
    assertEquals(generator.use(), both);
  }

  private Validity judge() {
    final MetricsTracker metrics = new MetricsTracker(3);
    for (int i = 0; i < 1_500; i++) {
      final long atNs = i * 2L * MS;
      metrics.onIssued(0, atNs);
      final Completion completion = SummaryFixture.completion(0, atNs);
      completion.connectNs = 0;
      completion.sentNs = atNs + generator.latenessNs;
      completion.lastByteNs = completion.sentNs + 2 * MS;
      metrics.onCompleted(0, completion, atNs);
    }
    generator.threads.forEach(metrics.samples()::onThread);
    metrics.samples().onGenerator(generator.use());
    metrics.samples().onResources(generator.resources());
    return ValidityRules.apply(
        generator.plan(), SummaryFixture.facts(TransportKind.NETWORK), metrics);
  }

  private static ThreadUse engine(final long cpuNs, final long waitNs, final long slices) {
    return new ThreadUse(0, Role.ENGINE, WALL, cpuNs, waitNs, slices, slices / 2);
  }

  private static String text(final Validity validity) {
    return validity.findings().get(0).text();
  }

  private static void assertFindings(
      final Grade grade, final Validity validity, final String... codes) {
    assertEquals(List.of(codes), validity.findings().stream().map(Validity.Finding::code).toList());
    assertEquals(grade, validity.grade());
  }

  /** A generator with nothing wrong, until a test says otherwise. */
  private static final class Generator {
    private final List<ThreadUse> threads = new ArrayList<>();
    private long wallNs = WALL;
    private int cores = 2;
    private int cpus;
    private int pool = Connections.PER_VU;
    private long latenessNs = 20_000;
    private long busyNs = SECOND;
    private long stalls;
    private long stallNs;
    private long stallDelayNs;
    private long connectionWaits;
    private long connectionWaitNs;
    private long journalStallNs;
    private long gcNs;
    private long safepointNs;
    private long stolenNs;

    private GeneratorUse use() {
      return new GeneratorUse(
          false,
          cpus,
          busyNs,
          stalls,
          stallNs,
          stallDelayNs,
          connectionWaits,
          connectionWaitNs,
          connectionWaitNs,
          3,
          safepointNs,
          stolenNs,
          WALL,
          10_000,
          1,
          Network.UNKNOWN);
    }

    private Resources resources() {
      return new Resources(cores, wallNs, SECOND, SECOND, 1, gcNs, journalStallNs, 0, MS, SECOND);
    }

    private Plan plan() {
      final Plan plan = SummaryFixture.plan();
      return new Plan(
          plan.name(),
          plan.seed(),
          plan.tickNs(),
          null,
          new Connections(pool, SECOND, 8_192, 1 << 20),
          plan.scenarios(),
          plan.requests(),
          plan.program(),
          plan.choices(),
          plan.thinks(),
          null,
          plan.digest());
    }
  }
}
