package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"closed.yaml", "environments.yaml", "open.yaml"})
  void shouldLoadExampleWithoutWarnings(final String name) throws Exception {
    final Path example = Path.of("..", "docs", "examples", name);
    final Loaded loaded = ScenarioFile.load(example);
    assertEquals(List.of(), loaded.warnings());
    assertEquals(loaded.plan().requests().size(), loaded.plan().simulation().responses().size());
    assertEquals(Files.readString(example), loaded.text());
  }

  @Test
  void shouldFillInDefaults() throws Exception {
    final Plan plan = ScenarioFile.parse("t.yaml", Texts.GOOD);
    assertEquals(1, plan.seed());
    assertEquals(100_000, plan.tickNs());
    assertEquals(new Target(false, "127.0.0.1", 8080, "/base"), plan.target());
    assertEquals(
        new Connections(Connections.PER_VU, 5_000_000_000L, 65_536, 67_108_864),
        plan.connections());
    assertEquals("GET", plan.requests().get(0).method());
    assertEquals(300_000, plan.requests().get(0).timeoutTicks());
    assertEquals(300_000, plan.scenarios().get(0).gracefulStopTicks());
    assertNull(plan.simulation());
  }

  @Test
  void shouldCompileJsonToThePlanOfTheSameYaml() throws Exception {
    final String json =
        """
        {
        \t"name": "shop", "target": "http://127.0.0.1:8080/base",
        \t"scenarios": {"browse": {
        \t\t"load": {"executor": "constant-vus", "vus": 5, "duration": "3s"},
        \t\t"think": "1s",
        \t\t"requests": [{"name": "home", "path": "\\/"},
        \t\t\t{"name": "item", "path": "/item", "weight": 2}]}}
        }
        """;
    final Plan expected = ScenarioFile.parse("t.yaml", Texts.GOOD);
    assertEquals(expected, ScenarioFile.parse("t.json", json));
    assertEquals(expected, ScenarioFile.parse("copied.yaml", json));
  }

  @Test
  void shouldLocateErrorsInJson() {
    final String json =
        "{\n  \"name\": \"x\",\n  \"é\": 1, \"sed\": 1,\n  \"target\": \"http://x\"\n}";
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> ScenarioFile.parse("t.json", json));
    assertEquals(
        List.of(
            "t.json:1:1: error: a scenario file needs `scenarios`",
            "t.json:3:3: error: a scenario file has no key `é`",
            "t.json:3:11: error: a scenario file has no key `sed`"),
        e.diagnostics().stream().map(Diagnostic::headline).toList());
  }

  @ParameterizedTest(name = "{0} is {1}:{2}")
  @CsvSource({
    "http://example.com, example.com, 80, ''",
    "http://EXAMPLE.com/, example.com, 80, ''",
    "http://my_host:81/a/b//, my_host, 81, /a/b",
    "http://[::1]:8080/x, ::1, 8080, /x",
    "HTTP://1.2.3.4:, 1.2.3.4, 80, ''",
  })
  void shouldReadTarget(final String url, final String host, final int port, final String basePath)
      throws Exception {
    final Plan plan = ScenarioFile.parse("t.yaml", Texts.withLine(2, "target: '" + url + "'"));
    assertEquals(new Target(false, host, port, basePath), plan.target());
  }

  @Test
  void shouldTakeHeaderValuesAsTheFileSpellsThem() throws Exception {
    final Plan plan =
        ScenarioFile.parse(
            "t.yaml", Texts.withMore("headers: {A: yes, B: 1_0, C: 0x1F, D: 1.50, E: '', F: ~x}"));
    assertEquals(
        List.of("yes", "1_0", "0x1F", "1.50", "", "~x"),
        plan.requests().get(0).headers().stream().map(Header::value).toList());
  }

  @Test
  void shouldShareBlocksByAnchorAliasAndMergeKey() throws Exception {
    final String shared =
        """
        name: x
        target: http://x
        scenarios:
          a: &a
            load: &load {executor: constant-vus, vus: 5, duration: 3s}
            think: 1s
            requests: [&home {name: home, path: /}, {<<: *home, name: again, weight: 2}]
          b: {<<: *a, load: {<<: *load, vus: 6}}
        """;
    final String plain =
        """
        name: x
        target: http://x
        scenarios:
          a:
            load: {executor: constant-vus, vus: 5, duration: 3s}
            think: 1s
            requests: [{name: home, path: /}, {path: /, name: again, weight: 2}]
          b:
            load: {executor: constant-vus, vus: 6, duration: 3s}
            think: 1s
            requests: [{name: home, path: /}, {path: /, name: again, weight: 2}]
        """;
    assertEquals(ScenarioFile.parse("t.yaml", plain), ScenarioFile.parse("t.yaml", shared));
  }

  @Test
  void shouldReportAnErrorInAnAliasedBlockOnceAtItsAnchor() {
    assertEquals(
        List.of("t.yaml:3:69: error: a duration needs a unit, found `3`"),
        Texts.headlines(
            """
            name: x
            target: http://x
            scenarios: {a: &a {load: {executor: constant-vus, vus: 5, duration: 3}, think: 1s,
              requests: [{path: /}]}, b: *a}
            """));
  }

  @Test
  void shouldReadATargetAlone() throws Exception {
    assertEquals(
        new Target(false, "x", 81, "/a"), ScenarioFile.parseTarget("--target", "http://x:81/a"));
    final ScenarioException e =
        assertThrows(
            ScenarioException.class, () -> ScenarioFile.parseTarget("--target", "https://x"));
    assertEquals(
        "--target:1:1: error: TLS is not in this version: the target cannot be https",
        e.getMessage());
  }

  @Test
  void shouldKeepTheBytesOfTheFile() throws Exception {
    final byte[] bytes = ("\uFEFF# ä 😀\r\n" + Texts.GOOD).getBytes(StandardCharsets.UTF_8);
    final Loaded loaded = ScenarioFile.load("t.yaml", bytes);
    assertTrue(Arrays.equals(bytes, loaded.text().getBytes(StandardCharsets.UTF_8)));
    assertEquals(ScenarioFile.parse("t.yaml", Texts.GOOD), loaded.plan());
  }

  @Test
  void shouldRefuseAFileLargerThanTheLimit() throws IOException {
    final byte[] bytes = new byte[(8 << 20) + 1];
    Arrays.fill(bytes, (byte) '#');
    final Path file = Files.write(directory.resolve("big.yaml"), bytes);
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> ScenarioFile.load(file));
    assertEquals(
        file + ":1:1: error: the file is larger than 8388608 bytes, which is the limit",
        e.getMessage());
    assertEquals(Diagnostic.Kind.LIMIT, e.diagnostics().get(0).kind());
  }

  @Test
  void shouldLocateTheFirstByteThatIsNotUtf8() {
    final byte[] bytes = "name: é\nx: \0\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xC3;
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> ScenarioFile.load("t.yaml", bytes));
    assertTrue(e.getMessage().startsWith("t.yaml:2:4: error: the file is not UTF-8"), e.render());
  }

  @Test
  void shouldWarnOfAClosedModelWithoutThinkTime() throws Exception {
    final Loaded loaded = load(Texts.withLine(6, ""));
    assertEquals(
        List.of(Diagnostic.Kind.NO_THINK_TIME),
        loaded.warnings().stream().map(Diagnostic::kind).toList());
    assertTrue(loaded.warnings().get(0).headline().startsWith("t.yaml:5:11: warning: without"));
    final Loaded meant = load(Texts.withLine(6, "    think: 0s"));
    assertEquals(List.of(), meant.warnings());
    assertEquals(loaded.plan(), meant.plan());
  }

  @Test
  void shouldWarnOfAnOpenModelThatMustDropArrivals() throws Exception {
    final String load =
        "    load: {executor: constant-arrival-rate, rate: 100, duration: 3s, max_vus: %d}";
    final Loaded few = load(Texts.withLine(5, load.formatted(99)));
    assertEquals(
        "t.yaml:5:79: warning: arrivals will be dropped: about 100 VUs are busy at once,"
            + " and `max_vus` is 99 [TOO_FEW_VUS]",
        few.warnings().get(0).headline());
    assertEquals(List.of(), load(Texts.withLine(5, load.formatted(100))).warnings());
    final Loaded simulated =
        load(
            Texts.withLine(5, load.formatted(100))
                + "simulate: {latency: 10ms, requests: {item: {latency: 25ms}}}\n");
    assertEquals(
        "t.yaml:5:79: warning: arrivals will be dropped: about 102 VUs are busy at once,"
            + " and `max_vus` is 100 [TOO_FEW_VUS]",
        simulated.warnings().get(0).headline());
  }

  @Test
  void shouldDigestEverythingButSeedAndTarget() throws Exception {
    final String digest = ScenarioFile.parse("t.yaml", Texts.GOOD).digest();
    assertEquals(
        digest, ScenarioFile.parse("t.yaml", Texts.withLine(2, "target: http://y")).digest());
    assertEquals(digest, ScenarioFile.parse("t.yaml", Texts.withMore("seed: 7")).digest());
    assertNotEquals(digest, ScenarioFile.parse("t.yaml", Texts.withMore("timeout: 29s")).digest());
  }

  private static Loaded load(final String text) throws ScenarioException {
    return ScenarioFile.load("t.yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
