package io.lockstep.scenario.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Think;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanCompilerTest {
  private static final String TEXT =
      """
      name: all
      seed: 42
      tick: 1ms
      timeout: 10s
      headers: {A: default, B: kept}
      scenarios:
        closed:
          load: {executor: constant-vus, vus: 3, duration: 2500us, graceful_stop: 1us}
          think: {distribution: uniform, min: 1s, max: 2s}
          requests:
            - {name: one, path: /1}
            - {name: two, path: /2, weight: 5, method: POST, body: "ä", headers: {a: own, C: c}}
            - {name: three, path: /3, timeout: 1500us}
        counted:
          load: {executor: per-vu-iterations, vus: 2, iterations: 7}
          think: 0s
          requests: [{path: /only}]
        open:
          load: {executor: constant-arrival-rate, rate: 9, time_unit: 10s, duration: 1m, max_vus: 4,
                 arrivals: poisson, graceful_stop: 0s}
          requests: [{name: a, path: /a}, {name: b, path: /b}]
      simulate:
        servers: 2
        latency: 20ms
        errors: {response_timeout: 0.25, reset: 0.5, dns_failed: 0}
        requests:
          two: {status: 503, bytes: 1KiB, errors: {}}
          open/a: {latency: {distribution: empirical, values: [1ms, 2ms]}}
      """;

  private final Plan plan = parse(TEXT);

  @Test
  void shouldCompileEachScenarioToItsProgram() {
    assertEquals(
        Program.of(
            // closed
            Program.CHOOSE, 0, //
            Program.REQUEST, 0, //
            Program.JUMP, 6, //
            Program.REQUEST, 1, //
            Program.JUMP, 6, //
            Program.REQUEST, 2, //
            Program.THINK, 0, //
            Program.END, 0, //
            // counted
            Program.REQUEST, 3, //
            Program.END, 0, //
            // open
            Program.CHOOSE, 1, //
            Program.REQUEST, 4, //
            Program.JUMP, 14, //
            Program.REQUEST, 5, //
            Program.END, 0),
        plan.program());
    assertEquals(
        List.of(
            new Choice(Site.of("choose"), LongArray.of(1, 5, 1), LongArray.of(1, 3, 5)),
            new Choice(Site.of("choose"), LongArray.of(1, 1), LongArray.of(11, 13))),
        plan.choices());
    assertEquals(
        List.of(
            new Think(Site.of("think"), new Distribution.Uniform(1_000_000_000L, 2_000_000_000L))),
        plan.thinks());
  }

  @Test
  void shouldCompileWhatIsRecordedAndSimulatedContents() {
    final String head =
        """
        name: t
        scenarios:
          s:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests: [{name: a, path: /}, {name: b, path: /}]
        """;
    final String bare = head + "simulate: {latency: 1ms}\n";
    assertEquals(Recording.DEFAULT, parse(bare).recording());
    assertEquals(
        parse(bare).digest(), parse(bare + "record: {bodies: used, max_body: 1MiB}\n").digest());
    final Plan all = parse(bare + "record: {bodies: all, max_body: 2KiB}\n");
    assertEquals(new Recording(Recording.Bodies.ALL, 2048), all.recording());
    assertNotEquals(parse(bare).digest(), all.digest());
    final Plan contents =
        parse(
            head
                + "simulate: {latency: 1ms, body: gr\u00fcn, headers: {A: b},"
                + " requests: {b: {bytes: 99, body: other}}}\n");
    assertEquals("gr\u00fcn", contents.simulation().responses().get(0).body());
    assertEquals("A: b\r\n".length() + 5, contents.simulation().responses().get(0).bytes());
    assertEquals("other", contents.simulation().responses().get(1).body());
    assertEquals(List.of(new Header("A", "b")), contents.simulation().responses().get(1).headers());
    assertEquals(99, contents.simulation().responses().get(1).bytes());
    assertNotEquals(parse(bare).digest(), contents.digest());
  }

  @Test
  void shouldKeepWhatThePolicySays() {
    final Recording failed = new Recording(Recording.Bodies.FAILED, 1);
    assertEquals(Capture.HEADERS, failed.capture(Capture.HEADERS, 399));
    assertEquals(Capture.BODY, failed.capture(Capture.NONE, 400));
    assertEquals(Capture.BODY, failed.most(Capture.NONE));
    assertEquals(Capture.NONE, Recording.DEFAULT.most(Capture.NONE));
    final Recording none = new Recording(Recording.Bodies.NONE, 1);
    assertEquals(Optional.empty(), none.conflict("r", Capture.HEADERS));
    assertEquals(Optional.empty(), failed.conflict("r", Capture.BODY));
    assertEquals(
        "`record.bodies: none` keeps no body, but something reads the body of r:"
            + " a replay could not extract or check it again",
        none.conflict("r", Capture.BODY).orElseThrow());
  }

  @Test
  void shouldRoundDurationsUpToTicksAndNumberVus() {
    assertEquals(
        List.of(
            new ScenarioPlan(
                0,
                "closed",
                Site.of("scenario", "closed"),
                new Load.Closed(3, Load.UNLIMITED),
                0,
                0,
                3,
                1),
            new ScenarioPlan(
                1,
                "counted",
                Site.of("scenario", "counted"),
                new Load.Closed(Load.UNLIMITED, 7),
                8,
                3,
                2,
                30_000),
            new ScenarioPlan(
                2,
                "open",
                Site.of("scenario", "open"),
                new Load.Open(
                    9, 10_000_000_000L, 60_000, Load.ArrivalProcess.POISSON, Site.of("arrivals")),
                10,
                5,
                4,
                0)),
        plan.scenarios());
    assertEquals(9, plan.vus());
    assertEquals(10_000, plan.requests().get(0).timeoutTicks());
    assertEquals(2, plan.requests().get(2).timeoutTicks());
  }

  @Test
  void shouldPutDefaultHeadersFirstUnlessReplaced() {
    assertEquals(
        List.of(new Header("A", "default"), new Header("B", "kept")),
        plan.requests().get(0).headers());
    assertEquals(
        List.of(new Header("B", "kept"), new Header("a", "own"), new Header("C", "c")),
        plan.requests().get(1).headers());
  }

  @Test
  void shouldNameARequestWithoutNameByMethodAndPath() {
    assertEquals("GET /only", plan.requests().get(3).name());
  }

  @Test
  void shouldGiveEachRequestItsSimulatedAnswer() {
    final Simulation simulation = plan.simulation();
    assertEquals(2, simulation.servers());
    final Distribution latency = new Distribution.Constant(20_000_000);
    assertEquals(
        new Simulation.Response(
            Site.of("simulate", "latency", "one"),
            latency,
            Site.of("simulate", "errors", "one"),
            List.of(
                new Simulation.ErrorRate(RequestOutcome.RESET, 0.5),
                new Simulation.ErrorRate(RequestOutcome.RESPONSE_TIMEOUT, 0.25)),
            200,
            0),
        simulation.responses().get(0));
    assertEquals(
        new Simulation.Response(
            Site.of("simulate", "latency", "two"),
            latency,
            Site.of("simulate", "errors", "two"),
            List.of(),
            503,
            1024),
        simulation.responses().get(1));
    assertEquals(
        new Distribution.Empirical(LongArray.of(1_000_000, 2_000_000), LongArray.of(1, 1)),
        simulation.responses().get(4).latency());
    assertEquals(latency, simulation.responses().get(5).latency());
  }

  /** The canonical form written out by other means than the code's own. */
  @Test
  void shouldDigestTheLogicalRequest() throws IOException, NoSuchAlgorithmException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final DataOutputStream out = new DataOutputStream(bytes);
    for (final String text : List.of("POST", "/2")) {
      write(out, text);
    }
    out.writeInt(3);
    for (final String text : List.of("B", "kept", "a", "own", "C", "c", "ä")) {
      write(out, text);
    }
    final byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    assertEquals(ByteBuffer.wrap(sha).getLong(), plan.requests().get(1).digest());
  }

  private static void write(final DataOutputStream out, final String text) throws IOException {
    final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /** A changed digest here means that journals of earlier versions no longer match their plans. */
  @Test
  void shouldKeepTheDigestOfThisFile() {
    assertEquals("1445ac9f0f7dad3750bc3e14faccce17f74ef50f40608bf33fe32abd021ba46e", plan.digest());
  }

  @Test
  void shouldDigestEveryPartOfAFile() {
    final String[][] changes = {
      {"name: all", "name: other"},
      {"tick: 1ms", "tick: 2ms"},
      {"timeout: 10s", "timeout: 11s"},
      {"B: kept", "B: other"},
      {"  closed:", "  other:"},
      {"vus: 3", "vus: 4"},
      {"duration: 2500us", "duration: 3500us"},
      {"graceful_stop: 1us", "graceful_stop: 1001us"},
      {"distribution: uniform, min: 1s, max: 2s", "distribution: normal, mean: 1s, std_dev: 2s"},
      {"min: 1s", "min: 2s"},
      {"name: one", "name: uno"},
      {"path: /1", "path: /2"},
      {"weight: 5", "weight: 6"},
      {"method: POST", "method: PUT"},
      {"body: \"ä\"", "body: \"a\""},
      {"C: c", "C: d"},
      {"iterations: 7", "iterations: 8"},
      {"rate: 9", "rate: 8"},
      {"time_unit: 10s", "time_unit: 11s"},
      {"max_vus: 4", "max_vus: 5"},
      {"arrivals: poisson", "arrivals: uniform"},
      {"servers: 2", "servers: 3"},
      {"latency: 20ms", "latency: 21ms"},
      {"reset: 0.5", "reset: 0.6"},
      {"reset: 0.5", "closed_early: 0.5"},
      {"status: 503", "status: 504"},
      {"bytes: 1KiB", "bytes: 1kB"},
      {"values: [1ms, 2ms]", "values: [1ms, 3ms]"},
      {"simulate:", "connections: {max_body: 1KiB}\nsimulate:"},
    };
    for (final String[] change : changes) {
      final String changed = TEXT.replace(change[0], change[1]);
      assertNotEquals(TEXT, changed, change[0]);
      assertNotEquals(plan.digest(), parse(changed).digest(), change[1]);
    }
  }

  private static Plan parse(final String text) {
    try {
      return ScenarioFile.parse("t.yaml", text);
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
  }
}
