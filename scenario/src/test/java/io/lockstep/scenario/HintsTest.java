package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.document.IncludeFiles;
import io.lockstep.scenario.document.LoadOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to those who write what others have, or what can only fail. */
class HintsTest {
  private static final String SETUP = "setup: [{request: {name: login, path: /login}}]\n";

  @ParameterizedTest(name = "threshold `{0}` is refused with `{2}`")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "checks: ['rate>0.9'] | 11:3: error: no request has a check, so `checks` has no samples and its"
            + " thresholds can only fail | add `checks` to a request, or leave the thresholds out",
        "group_duration: ['p(95)<1s'] | 11:3: error: no flow has a group, so `group_duration` has no"
            + " samples and its thresholds can only fail"
            + " | put steps into a group: `- group: NAME` with `steps`; or leave the thresholds out",
        "http_reqs: ['count=>20'] | 11:21: error: `=>` is no comparison | write `>=`",
        "http_reqs: 'count=<20' | 11:20: error: `=<` is no comparison | write `<=`",
        "http_reqs: ['count=20'] | 11:21: error: `=` is no comparison | write `==`",
        "'http_reqs{request:login}': ['count>20'] | 11:14: error: `login` is a request of the setup or"
            + " teardown | requests of setup and teardown are not measured, so no threshold can"
            + " select them",
      })
  void shouldSayWhyAThresholdCanOnlyFail(
      final String threshold, final String headline, final String note) {
    final List<Diagnostic> all =
        Texts.diagnostics(Texts.withMore("thresholds:\n  " + threshold + "\n" + SETUP));
    assertEquals("t.yaml:" + headline, all.get(0).headline());
    assertEquals(List.of(note), all.get(0).notes());
    assertEquals(1, all.size());
  }

  @Test
  void shouldTakeASingleThresholdForAListOfOne() throws ScenarioException {
    final String one = Texts.withMore("thresholds:\n  http_req_duration: 'p(95)<500'\n");
    final String list = Texts.withMore("thresholds:\n  http_req_duration: ['p(95)<500']\n");
    assertEquals(
        ScenarioFile.parse("t.yaml", list).digest(), ScenarioFile.parse("t.yaml", one).digest());
  }

  @ParameterizedTest(name = "line {0} `{1}` gets the note `{2}`")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "5 |     load: {executor: constant-arrival-rate, rate: 1, duration: 3s, preAllocatedVUs: 5,"
            + " max_vus: 5} | write `max_vus`: all of them are there from the start",
        "6 |     sleep: 1s | write `think`, such as think: 1s",
        "8 |       - {name: home, url: /, path: /} | write `path`: what comes after the file's `target`,"
            + " such as /items",
        "8 |       - {path: '/${secrets.nope}'} | declare it under `secrets`, such as nope: {env: NAME}",
      })
  void shouldNameWhatIsWrittenInPlaceOfOthersWords(
      final int line, final String text, final String note) {
    final List<Diagnostic> all = Texts.diagnostics(Texts.withLine(line, indented(text)));
    assertTrue(all.stream().anyMatch(one -> one.notes().contains(note)), all.toString());
  }

  private static String indented(final String text) {
    return (text.startsWith("-") ? "      " : "    ") + text;
  }

  @Test
  void shouldNameTheStepForSleep() {
    final String text =
        "name: t\ntarget: http://h\nscenarios:\n  s:\n"
            + "    load: {executor: constant-vus, vus: 1, duration: 1s}\n"
            + "    flow: [{sleep: 1s}]\n";
    assertTrue(
        Texts.diagnostics(text).get(0).notes().contains("write `think`, such as `- think: 1s`"));
  }

  @Test
  void shouldPointAtTheScenarioWhoseNameIsTaken() {
    assertEquals(
        List.of("t.yaml:10:3: error: a scenario is named `setup`, as the file's `setup` is"),
        Texts.headlines(
            Texts.GOOD
                + "  setup: {think: 1s, requests: [{path: /}],"
                + " load: {executor: constant-vus, vus: 5, duration: 3s}}\n"
                + SETUP));
  }

  @Test
  void shouldPointAtTheKeyThatDoesNotFit() {
    assertEquals(
        List.of("t.yaml:8:42: error: a check has both `status` and `size`"),
        Texts.headlines(
            Texts.withLine(8, "      - {path: /, checks: [{status: 200, size: {max: 1B}}]}")));
  }

  @Test
  void shouldIgnoreKeysOfTheWholeFileThatStartWithX() throws ScenarioException {
    final String text =
        "x-parts: &parts {A: b}\n" + Texts.withMore("headers: *parts\nx-more: [1, {load: 3}]\n");
    assertEquals("A", ScenarioFile.parse("t.yaml", text).requests().get(0).headers().get(0).name());
  }

  @Test
  void shouldWarnOfARendezvousOfMoreUsersThanThereAre() throws ScenarioException {
    final String text =
        """
        name: shop
        target: http://127.0.0.1:8080/base
        scenarios:
          browse:
            load: {executor: constant-vus, vus: 8, duration: 3s}
            flow: [{rendezvous: {users: 9}}, {rendezvous: {users: 8}}, {think: 1s}]
        """;
    assertEquals(
        List.of(
            "t.yaml:6:33: warning: this is never complete: it is for 9 VUs, and the scenario has 8"
                + " at most [INCOMPLETE_RENDEZVOUS]"),
        ScenarioFile.load("t.yaml", text.getBytes(StandardCharsets.UTF_8)).warnings().stream()
            .map(Diagnostic::headline)
            .toList());
  }

  @Test
  void shouldRefuseAScenariosNameThatTheFileDoesNotHaveInASetValue() {
    final Diagnostic brose =
        refused(Texts.GOOD, Optional.empty(), "scenarios.brose.load.vus=5").get(0);
    assertEquals(
        "--set scenarios.brose.load.vus=5:1:11: error: there is no scenario `brose`",
        brose.headline());
    assertTrue(brose.notes().contains("did you mean `browse`?"), brose.notes().toString());
    assertEquals(1, refused(Texts.GOOD, Optional.empty(), "scenarios.brose.load.vus=5").size());
  }

  @Test
  void shouldRefuseAScenariosNameThatTheFileDoesNotHaveInAnyEnvironment() {
    final String text = Texts.withMore("env: {ci: {scenarios: {brose: {think: 2s}}}, other: {}}\n");
    for (final Optional<String> chosen : List.of(Optional.of("ci"), Optional.<String>empty())) {
      assertEquals(
          List.of("t.yaml:10:24: error: there is no scenario `brose`"),
          refused(text, chosen).stream().map(Diagnostic::headline).toList());
    }
  }

  @Test
  void shouldTakeAWholeScenarioForANewOne() throws ScenarioException {
    final String whole =
        "scenarios.other={load: {executor: shared-iterations, vus: 1, iterations: 1},"
            + " requests: [{path: /}]}";
    assertEquals(2, load(Texts.GOOD, Optional.empty(), whole).plan().scenarios().size());
  }

  private static List<Diagnostic> refused(
      final String text, final Optional<String> environment, final String... assignments) {
    return assertThrows(ScenarioException.class, () -> load(text, environment, assignments))
        .diagnostics();
  }

  private static Loaded load(
      final String text, final Optional<String> environment, final String... assignments)
      throws ScenarioException {
    return ScenarioFile.load(
        "t.yaml",
        text.getBytes(StandardCharsets.UTF_8),
        new LoadOptions(environment, List.of(assignments)),
        IncludeFiles.NONE,
        DataLocator.beside(Path.of("t.yaml")));
  }
}
