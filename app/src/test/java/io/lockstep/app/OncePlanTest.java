package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What VUs do once can be looked at, before a run and after it; and what it can change is told. */
final class OncePlanTest {
  private static final String SCENARIO =
      """
      name: once
      seed: 5
      scenarios:
        shop:
          load: {executor: per-vu-iterations, vus: 3, iterations: 2}
          cookies: true
          start:
            - set: {session: hex(8), n: 0}
            - request: {name: login, path: "/login/${session}"}
          flow:
            - request: {name: home, path: /home}
            - set: {n: n + 1}
            - think: 10ms
          stop:
            - request: {name: logout, path: "/logout/${session}/${n}"}
        open:
          load: {executor: constant-arrival-rate, rate: 1, duration: 2s, max_vus: 1}
          cookies: true
          flow: [{request: {name: visit, path: /}}]
      simulate: {latency: 5ms}
      """;

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Scenarios.write(directory, "once.yaml", SCENARIO);
  }

  @Test
  void shouldTellWhatAVuDoesAtItsStartAndAtItsStop() {
    final String start = plan("--vu", "1", "--start").out();
    assertTrue(start.startsWith("VU 1, start of scenario shop\n"), start);
    assertTrue(start.contains("starts         when the VU does"), start);
    final String login = path(start, "/login/");
    assertTrue(start.contains("  request    login"), "nothing came before it: " + start);
    final String stop = plan("--vu", "1", "--stop").out();
    assertTrue(stop.startsWith("VU 1, stop of scenario shop\n"), stop);
    assertTrue(stop.contains("*request    logout"), "cookies came before it: " + stop);
    assertEquals("/logout/" + login.substring("/login/".length()) + "/1", path(stop, "/logout/"));
    final String later = plan("--vu", "1", "--stop", "--iteration", "1").out();
    assertEquals(path(stop, "/logout/").replace("/1", "/2"), path(later, "/logout/"));
  }

  @Test
  void shouldSendWhatWasTold() {
    final String login = path(plan("--vu", "2", "--start").out(), "/login/");
    final String logout = path(plan("--vu", "2", "--stop", "--iteration", "1").out(), "/logout/");
    assertEquals(login.substring("/login/".length()) + "/2", logout.substring("/logout/".length()));
    assertEquals(0, lockstep("run", "once.yaml", "--simulate", "--name", "r").code());
    for (final String flow : List.of("start", "stop")) {
      final String told =
          flow.equals("start")
              ? plan("--vu", "2", "--start").out()
              : plan("--vu", "2", "--stop", "--iteration", "1").out();
      final String digest = told.replaceAll("(?s).*digest ([0-9a-f]{16}).*", "$1");
      final Invocation events = lockstep("inspect", "r", "--vu", "2", "--iteration", flow);
      assertEquals(0, events.code(), events.err());
      assertTrue(events.out().contains(digest), told + events.out());
      assertFalse(events.out().contains("home"), events.out());
      assertFalse(events.out().contains("run_started"), events.out());
    }
  }

  @Test
  void shouldMarkTheFirstRequestWhereCookiesMayHaveComeBefore() throws IOException {
    assertTrue(plan("--vu", "0", "--iteration", "0").out().contains("*request    home"));
    assertTrue(plan("--vu", "0", "--iteration", "1").out().contains("*request    home"));
    assertTrue(plan("--scenario", "open", "--arrival", "1").out().contains(" request    visit"));
    Scenarios.write(
        directory,
        "once.yaml",
        """
        name: once
        scenarios:
          shop:
            load: {executor: per-vu-iterations, vus: 3, iterations: 2}
            cookies: true
            think: 10ms
            requests: [{name: home, path: /home}]
        simulate: {latency: 5ms}
        """);
    assertTrue(plan("--vu", "0", "--iteration", "0").out().contains(" request    home"));
    assertTrue(plan("--vu", "0", "--iteration", "1").out().contains("*request    home"));
  }

  @Test
  void shouldMarkWhatAnEarlierResponseGave() throws IOException {
    Scenarios.write(
        directory,
        "once.yaml",
        SCENARIO
            .replace("cookies: true", "tags: {a: b}")
            .replace("}\"}\n    flow", "}\", extract: {id: {json: $.id, default: x}}}\n    flow")
            .replace("path: /home", "path: \"/home/${id}\""));
    assertTrue(plan("--vu", "0", "--iteration", "0").out().contains("*request    home"));
  }

  @Test
  void shouldSayThatTheStartBeforeItFails() throws IOException {
    Scenarios.write(
        directory, "once.yaml", SCENARIO.replace("session: hex(8)", "session: 1 / (vu - vu)"));
    final String told = plan("--vu", "0", "--iteration", "0").out();
    assertTrue(
        told.contains("The `start` before it fails, as far as it can be told: `1 / (vu - vu)`"),
        told);
  }

  @ParameterizedTest
  @CsvSource({
    "--start, '--start of whom? Add --vu N'",
    "--vu 0 --start --iteration 1, 'leave out --iteration'",
    "--vu 0 --start --stop, 'ask for one of them'",
    "--arrival 0 --scenario open --stop, 'leave out --vu and the like'",
  })
  void shouldSayWhatCannotBeAskedFor(final String options, final String message) {
    final Invocation told = plan(options.split(" "));
    assertEquals(2, told.code());
    assertTrue(told.err().contains(message), told.err());
  }

  @Test
  void shouldSayThatAScenarioHasNoStart() throws IOException {
    Scenarios.write(
        directory,
        "once.yaml",
        """
        name: plain
        scenarios:
          shop:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests: [{name: home, path: /}]
        simulate: {latency: 5ms}
        """);
    final Invocation told = plan("--vu", "0", "--start");
    assertEquals(2, told.code());
    assertTrue(told.err().contains("scenario shop has no `start`"), told.err());
  }

  @Test
  void shouldSayWhatAnIterationCanBe() {
    final Invocation told = lockstep("inspect", "r", "--iteration", "begin");
    assertEquals(2, told.code());
    assertTrue(
        told.err().contains("'begin' is not a whole number from 0, start or stop"), told.err());
  }

  private static String path(final String told, final String prefix) {
    return told.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("GET " + prefix))
        .findFirst()
        .orElseThrow(() -> new AssertionError(told))
        .substring("GET ".length());
  }

  private Invocation plan(final String... options) {
    final String[] arguments = new String[options.length + 2];
    arguments[0] = "plan";
    arguments[1] = "once.yaml";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return lockstep(arguments);
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
