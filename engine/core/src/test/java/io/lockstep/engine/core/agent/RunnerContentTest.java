package io.lockstep.engine.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.agent.RunContext.TransportFactory;
import io.lockstep.engine.core.agent.RunOptions.Idle;
import io.lockstep.engine.core.agent.RunOptions.Threading;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.testing.EchoTransport;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.Plans;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.engine.core.testing.Recording;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording.Bodies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents of responses on their way from one thread to another. */
final class RunnerContentTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final long FLUSH_NS = 10_000_000;

  @ParameterizedTest
  @EnumSource(Threading.class)
  void shouldJournalContentsOfLiveRunsOverAnyThreads(final Threading threading) {
    final byte[] head = "A: b\r\n".getBytes(StandardCharsets.US_ASCII);
    final byte[] body = new byte[30_000];
    body[body.length - 1] = 7;
    final Plan plan = keepsAll(Plans.of(Group.iterations("a", 30, 20)));
    final Recording[] recordings = {new Recording(), new Recording(), new Recording()};
    final TransportFactory answering =
        (shard, clock) -> new EchoTransport(plan.vus(), 3, 2, clock).with(head, body);
    run(plan, threading, 3, answering, shard -> ShardJournal.inline(recordings[shard]));
    for (int shard = 0; shard < 3; shard++) {
      JournalLaws.check(plan, shard, 3, recordings[shard].events());
      assertEquals(200, recordings[shard].events(Event.Kept.class).size());
      final List<Event.ContentPart> parts = recordings[shard].events(Event.ContentPart.class);
      assertEquals(1 + 4, parts.size(), "head and body once each");
      assertEquals(7, parts.get(4).text().charAt(30_000 - 3 * 8192 - 1));
    }
  }

  /** More contents than may be under way at once: the transport holds back, nothing is lost. */
  @Test
  void shouldHoldBackContentsThatTheEngineHasNotTaken() {
    final byte[] body = new byte[io.lockstep.scenario.plan.Recording.MAX_BODY_BYTES];
    final Plan plan = keepsAll(Plans.of(Group.iterations("a", 20, 2)));
    final Recording recording = new Recording();
    final TransportFactory answering =
        (shard, clock) -> new EchoTransport(plan.vus(), 1, 1, clock).with(new byte[0], body);
    final RunResult result =
        run(plan, Threading.DEDICATED, 1, answering, shard -> ShardJournal.inline(recording));
    assertEquals(40, result.metrics().counts().responses());
    assertEquals(40, recording.events(Event.Kept.class).size());
    assertTrue(result.metrics().samples().resources().queueStallNs() > 0);
  }

  private static Plan keepsAll(final Plan plan) {
    return Plans.recording(
        plan,
        new io.lockstep.scenario.plan.Recording(
            Bodies.ALL, io.lockstep.scenario.plan.Recording.MAX_BODY_BYTES),
        List.of(),
        "");
  }

  private static RunResult run(
      final Plan plan,
      final Threading threading,
      final int shards,
      final TransportFactory transports,
      final IntFunction<ShardJournal> journals) {
    final Runner runner =
        new Runner(
            new RunContext(
                plan,
                TransportKind.NETWORK,
                new RunOptions(shards, threading, Idle.YIELD, List.of(), FLUSH_NS),
                Thread::new,
                transports,
                journals));
    return assertTimeoutPreemptively(BOUND, runner::run);
  }
}
