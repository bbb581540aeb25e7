package io.lockstep.engine.transport.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.IterationOutcome;
import io.lockstep.engine.core.machine.NoteKind;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.core.testing.Event;
import io.lockstep.engine.core.testing.FlowPlans;
import io.lockstep.engine.core.testing.JournalLaws;
import io.lockstep.engine.core.testing.VirtualTime;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What flows compute, seen in the journal: what they log, what they ask, and how they end. */
final class LogicRunTest {
  private static final String ONE = "{executor: per-vu-iterations, vus: 1, iterations: 1}";

  @Test
  void shouldTakeTheWayThatConditionsSay() {
    assertEquals(
        List.of("then 200", "else", "eu", "none", "2", "1", "a", "b", "end b"),
        logged(
            ONE,
            """
            - request: {name: r, path: /}
            - if: status == 200 && !failed && error == null
              then: [{log: "then ${status}"}]
            - if: iteration > 0
              then: [{log: no}]
              else: [{log: else}]
            - switch: region
              cases: {eu: [{log: eu}], us: [{log: us}]}
            - switch: status + 1
              cases: {"200": [{log: no}]}
              default: [{log: none}]
            - set: {n: 2}
            - while: n > 0
              max: 9
              steps: [{log: "${n}"}, {set: {n: n - 1}}]
            - foreach: split("a,b", ",")
              as: item
              steps: [{log: "${item}"}]
            - log: "end ${item}"
            """));
  }

  @Test
  void shouldEndAWhileAtItsMostRounds() {
    assertEquals(
        List.of("x", "x", "x"),
        logged(ONE, "- while: iteration == 0\n  max: 3\n  steps: [{log: x}]\n"));
  }

  @Test
  void shouldWalkNoListThatIsEmptyOrNull() {
    assertEquals(
        List.of("done"),
        logged(
            ONE,
            """
            - foreach: "[]"
              as: i
              steps: [{log: no}]
            - foreach: "null"
              as: i
              steps: [{log: no}]
            - log: done
            """));
  }

  @Test
  void shouldTryUntilTheConditionHolds() {
    assertEquals(
        List.of("1", "2", "3", "after"),
        logged(
            ONE,
            """
            - retry: {times: 5, until: n == 3}
              steps: [{set: {n: 'n == null ? 1 : n + 1'}}, {log: "${n}"}]
            - log: after
            """));
  }

  @Test
  void shouldTryAgainIfAnyRequestOfATryFailed() {
    final String failing = "simulate: {latency: 1ms, requests: {a: {status: 500}}}";
    final String steps = "[{request: {name: a, path: /}}, {request: {name: b, path: /}}, {log: t}]";
    assertEquals(
        List.of("t", "t", "t"), answered(failing, "- retry: {times: 3}\n  steps: " + steps + "\n"));
    final String nested =
        "- retry: {times: 2}\n  steps:\n    - retry: {times: 2}\n      steps: "
            + steps
            + "\n    - request: {name: c, path: /}\n    - log: outer\n";
    assertEquals(List.of("t", "t", "outer", "t", "t", "outer"), answered(failing, nested));
    final String good = "simulate: {latency: 1ms}";
    assertEquals(List.of("t", "outer"), answered(good, nested));
    assertEquals(
        List.of("t"),
        answered(
            good,
            "- request: {name: z, path: /}\n- retry: {times: 3}\n  steps: [{if: vu > 9, then: "
                + steps
                + "}, {log: t}]\n"));
  }

  private static List<String> answered(final String simulate, final String flow) {
    try {
      final String text =
          "name: t\n" + simulate + "\nscenarios:\n  s:\n    load: " + ONE + "\n    flow:\n";
      return texts(run(ScenarioFile.parse("t.yaml", text + flow.indent(6))), NoteKind.LOG);
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
  }

  @Test
  void shouldKeepVariablesOfAVuAndForgetThoseOfAnArrival() {
    final String counting =
        """
        - log: '${text(default(n, 0))} ${counter("c")} ${status}'
        - set: {n: iteration + 1}
        - request: {name: r, path: /}
        """;
    assertEquals(
        List.of("0 1 0", "1 2 0", "2 3 0"),
        logged("{executor: per-vu-iterations, vus: 1, iterations: 3}", counting));
    assertEquals(
        List.of("0 1 0", "0 1 0", "0 1 0"),
        logged("{executor: shared-iterations, vus: 1, iterations: 3}", counting));
  }

  @Test
  void shouldShowWhatAStartFlowSetInEveryIterationAndAtTheEnd() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            """
            name: t
            simulate: {latency: 1ms}
            scenarios:
              s:
                load: {executor: per-vu-iterations, vus: 1, iterations: 2}
                start: [{set: {s: '"set"'}}]
                flow: [{log: "${s}"}, {request: {path: /}}]
                stop: [{log: "at last ${s}"}]
            """);
    assertEquals(List.of("set", "set", "at last set"), texts(run(plan), NoteKind.LOG));
  }

  @Test
  void shouldEndAnIterationWhoseExpressionFailsAndGoOnATickLater() throws ScenarioException {
    final Plan plan = plan("{executor: per-vu-iterations, vus: 1, iterations: 3}", FAILING);
    final VirtualTime time = run(plan);
    assertEquals(List.of("`1 / (iteration - 1)`: division by zero"), texts(time, NoteKind.FAILURE));
    assertEquals(
        List.of(
            IterationOutcome.COMPLETED.code(),
            IterationOutcome.FAILED.code(),
            IterationOutcome.COMPLETED.code()),
        time.recording().events(Event.Iterated.class).stream()
            .map(Event.Iterated::outcome)
            .toList());
    assertEquals(1, time.machine().metrics().counts().failedIterations());
    assertEquals(2, time.machine().metrics().counts().completedIterations());
    assertEquals(2, time.recording().events(Event.Issued.class).size());
  }

  private static final String FAILING =
      """
      - set: {x: 1 / (iteration - 1)}
      - request: {name: r, path: "/${x}"}
      """;

  @Test
  void shouldFailRatherThanSpinWhereEveryIterationFails() throws ScenarioException {
    final Plan plan =
        plan("{executor: constant-vus, vus: 2, duration: 10ms}", "- log: \"${1 / (vu - vu)}\"\n");
    final VirtualTime time = run(plan);
    assertTrue(time.machine().metrics().counts().failedIterations() <= 2 * 101);
    assertTrue(time.machine().metrics().counts().failedIterations() > 100);
  }

  @Test
  void shouldNotSendWhatIsNoRequest() throws ScenarioException {
    final Plan plan = plan(ONE, "- request: {name: r, path: '/${\"a b\" + text(vu)}'}\n");
    final Event.Completed end = run(plan).recording().events(Event.Completed.class).get(0);
    assertEquals(RequestOutcome.INVALID_REQUEST.code(), end.outcome());
  }

  @Test
  void shouldFailARequestThatIsTooLarge() throws ScenarioException {
    final Plan plan =
        plan(
            ONE,
            """
            - set: {x: string(1000000)}
            - request: {name: r, method: POST, path: /, body: "${x}${x}${x}${x}${x}${x}${x}${x}${x}"}
            """);
    final VirtualTime time = run(plan);
    assertEquals(1, time.machine().metrics().counts().failedIterations());
    assertEquals(0, time.machine().metrics().counts().issued());
    assertTrue(texts(time, NoteKind.FAILURE).get(0).contains("8388608 bytes"));
  }

  @Test
  void shouldCutALogThatIsTooLongBetweenCharacters() {
    final String shown =
        logged(ONE, "- set: {x: string(214)}\n- log: \"${x}\u00fc\u00fc\"\n").get(0);
    assertEquals(216, shown.getBytes(StandardCharsets.UTF_8).length, shown);
    assertTrue(shown.endsWith("\u2026"), shown);
  }

  @Test
  void shouldRenderAnewInEachRoundAndEachTry() throws ScenarioException {
    final Plan plan =
        plan(ONE, "- repeat: 20\n  steps: [{request: {name: r, path: \"/${hex(8)}\"}}]\n");
    final List<Long> digests = digests(run(plan));
    assertEquals(20, digests.stream().distinct().count());
    final Plan same =
        plan(ONE, "- repeat: 20\n  steps: [{request: {name: r, path: \"/${vu}\"}}]\n");
    assertEquals(1, digests(run(same)).stream().distinct().count());
  }

  @Test
  void shouldGiveEachIdentityItsRowOverAnyShards() throws Exception {
    final Loaded loaded =
        data("shuffle", "recycle", "{executor: shared-iterations, vus: 4, iterations: 12}");
    final List<String> whole = rows(loaded, 1);
    assertEquals(12, whole.size());
    assertEquals(whole, rows(loaded, 4));
    assertEquals(5, whole.stream().map(r -> r.replaceFirst(".* ", "")).distinct().count());
    assertEquals(digest(loaded, 1), digest(loaded, 4));
  }

  @Test
  void shouldStopTheVuOrTheTestWhereNoRowIsLeft() throws Exception {
    final String load = "{executor: per-vu-iterations, vus: 2, iterations: 9}";
    final VirtualTime vus = run(data("sequential", "stop-vu", load), 0, 1);
    assertEquals(5, vus.machine().metrics().counts().completedIterations());
    assertEquals(2, vus.machine().metrics().counts().interruptedIterations());
    assertEquals(0, vus.machine().metrics().counts().failedIterations());
    final VirtualTime test = run(data("sequential", "stop-test", load), 0, 1);
    assertTrue(test.machine().isStopAsked());
    assertEquals(1, test.recording().events(Event.Stopped.class).size());
  }

  @Test
  void shouldDigestASecretByNameAndShowItsValueToTheWireAlone() throws ScenarioException {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml",
            """
            name: t
            secrets: {key: {env: NONE}}
            headers: {Authorization: 'Bearer ${base64("u:" + secrets.key)}'}
            simulate: {latency: 1ms}
            scenarios:
              s: {load: {executor: per-vu-iterations, vus: 1, iterations: 1}, requests: [{path: /}]}
            """);
    final List<String> sent = new ArrayList<>();
    final VirtualTime without = new VirtualTime(plan, 0, 1, new Overhearing(plan, sent)).run();
    final SecretSource values = values("s3cret");
    final VirtualTime with =
        new VirtualTime(
                plan, 0, 1, new Overhearing(plan, sent), new Surroundings(List.of(), values, 0))
            .run();
    assertEquals(digests(without), digests(with));
    assertFalse(sent.get(0).contains(base64("u:s3cret")), sent.get(0));
    assertTrue(sent.get(1).contains("Bearer " + base64("u:s3cret")), sent.get(1));
    assertNotEquals(sent.get(0), sent.get(1));
  }

  private static String base64(final String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static SecretSource values(final String value) {
    return new SecretSource() {
      @Override
      public boolean hasValues() {
        return true;
      }

      @Override
      public byte[] value(final int secret) {
        return value.getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public void echoed(final int secret) {
        throw new AssertionError("the simulated target echoes nothing");
      }

      @Override
      public boolean isEchoed(final int secret) {
        return false;
      }
    };
  }

  /** The laws would say little of a generator that draws none of it. */
  @Test
  void shouldSeeFailuresLogsAndTemplatesInTheLaws() {
    int logs = 0;
    int failures = 0;
    int rendered = 0;
    for (int seed = 0; seed < 60; seed++) {
      final Plan plan = FlowPlans.any(seed);
      rendered += plan.logic().requests().size();
      final VirtualTime time = run(plan);
      JournalLaws.check(plan, 0, 1, time.recording().events());
      logs += texts(time, NoteKind.LOG).size();
      failures += texts(time, NoteKind.FAILURE).size();
    }
    assertTrue(logs > 20 && failures > 20 && rendered > 60, logs + " " + failures + " " + rendered);
  }

  private static Loaded data(final String mode, final String end, final String load)
      throws ScenarioException {
    return ScenarioFile.load(
        "t.yaml",
        """
        name: t
        simulate: {latency: 1ms}
        data:
          users: {rows: [{n: a}, {n: b}, {n: c}, {n: d}, {n: e}], mode: MODE, at_end: END}
        scenarios:
          s:
            load: LOAD
            flow:
              - log: "${iteration} ${users.n}"
              - request: {name: r, path: "/${users.n}"}
        """
            .replace("MODE", mode)
            .replace("END", end)
            .replace("LOAD", load)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> rows(final Loaded loaded, final int shards) {
    return IntStream.range(0, shards)
        .boxed()
        .flatMap(shard -> texts(run(loaded, shard, shards), NoteKind.LOG).stream())
        .collect(
            Collectors.toMap(
                t -> Long.valueOf(t.split(" ", 2)[0]), t -> t, (a, b) -> a, TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  private static GenerationDigest digest(final Loaded loaded, final int shards) {
    GenerationDigest sum = GenerationDigest.EMPTY;
    for (int shard = 0; shard < shards; shard++) {
      sum = sum.plus(run(loaded, shard, shards).machine().generationDigest());
    }
    return sum;
  }

  private static VirtualTime run(final Loaded loaded, final int shard, final int shards) {
    final List<FeederSource> sources =
        loaded.tables().stream().<FeederSource>map(Rows::new).toList();
    return new VirtualTime(
            loaded.plan(),
            shard,
            shards,
            new SimulatedTransport(loaded.plan(), shard, shards),
            new Surroundings(sources, SecretSource.NONE, Surroundings.SIMULATED_START_NS))
        .run();
  }

  private record Rows(Table table) implements FeederSource {
    @Override
    public long rows() {
      return table.rows();
    }

    @Override
    public int read(final long row, final int column, final byte[] into, final int offset) {
      return table.read(row, column, into, offset);
    }

    @Override
    public String text(final long row, final int column) {
      return table.text(row, column);
    }
  }

  private static List<Long> digests(final VirtualTime time) {
    return time.recording().events(Event.Issued.class).stream().map(Event.Issued::digest).toList();
  }

  private static List<String> logged(final String load, final String flow) {
    try {
      return texts(run(plan(load, flow)), NoteKind.LOG);
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
  }

  private static List<String> texts(final VirtualTime time, final NoteKind kind) {
    return time.recording().events(Event.Noted.class).stream()
        .filter(noted -> noted.kind() == kind.code())
        .map(Event.Noted::text)
        .toList();
  }

  private static Plan plan(final String load, final String flow) throws ScenarioException {
    return ScenarioFile.parse(
        "t.yaml",
        "name: t\nvariables: {region: eu}\nsimulate: {latency: 1ms}\nscenarios:\n  s:\n    load: "
            + load
            + "\n    flow:\n"
            + flow.indent(6));
  }

  private static VirtualTime run(final Plan plan) {
    return new VirtualTime(plan, 0, 1, new SimulatedTransport(plan, 0, 1)).run();
  }
}
