package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @BeforeEach
  void writeScenario() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP);
  }

  @Test
  void shouldKeepARunThatReplaysIdentically() throws IOException {
    final Invocation run = lockstep("run", "shop.yaml", "--simulate", "--name", "first");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("VALID  run completed"), run.out());
    assertTrue(run.out().contains("generation digest"), run.out());
    assertTrue(run.out().contains("lockstep replay "), run.out());
    final Path kept = directory.resolve("runs").resolve("first");
    for (final String file :
        new String[] {"run.json", "scenario.yaml", "summary.json", "latency.hlog"}) {
      assertTrue(Files.size(kept.resolve(file)) > 0, file);
    }
    assertEquals(Scenarios.SHOP, Files.readString(kept.resolve("scenario.yaml")));
    final Invocation replay = lockstep("replay", "first");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertTrue(replay.out().startsWith("identical"), replay.out());
  }

  @Test
  void shouldGiveTheSameJournalForTheSameSeedAndAnotherForAnother() throws IOException {
    final JsonNode first = summary("--simulate", "--name", "a");
    final JsonNode again = summary("--simulate", "--name", "b");
    final JsonNode other = summary("--simulate", "--name", "c", "--seed", "8");
    assertEquals(text(first, "journalDigest"), text(again, "journalDigest"));
    assertNotEquals(text(first, "journalDigest"), text(other, "journalDigest"));
    assertNotEquals(text(first, "generationDigest"), text(other, "generationDigest"));
    assertEquals(8, other.at("/run/seed").asLong());
  }

  @ParameterizedTest
  @CsvSource({"1, dedicated", "2, shared", "5, shared", "2, dedicated"})
  void shouldAskTheSameWhateverTheThreads(final int shards, final String threading)
      throws IOException {
    final JsonNode one = summary("--simulate", "--no-journal");
    final JsonNode many =
        summary(
            "--simulate",
            "--shards",
            Integer.toString(shards),
            "--threading",
            threading,
            "--idle",
            "backoff",
            "--name",
            "many");
    assertEquals(text(one, "generationDigest"), text(many, "generationDigest"));
    assertEquals(one.at("/totals"), many.at("/totals"));
    assertEquals(0, lockstep("replay", "many").code());
  }

  @Test
  void shouldKeepInTheManifestHowTheRunWasAskedFor() throws IOException {
    summary("--simulate", "--name", "a", "--idle", "yield", "--cpus", "0", "--seed", "9");
    summary("--simulate", "--name", "b");
    final JsonNode a = JSON.readTree(directory.resolve("runs/a/run.json").toFile()).at("/options");
    final JsonNode b = JSON.readTree(directory.resolve("runs/b/run.json").toFile()).at("/options");
    assertEquals("yield", a.at("/idle").asText());
    assertEquals("0", a.at("/cpus").asText());
    assertEquals("of the command line", a.at("/seed").asText());
    assertEquals("none", a.at("/flush interval").asText());
    assertEquals("of the file", b.at("/seed").asText());
    assertEquals("not pinned", b.at("/cpus").asText());
  }

  @Test
  void shouldWriteTheSummaryWhereAsked() throws IOException {
    final Invocation run =
        lockstep("run", "shop.yaml", "--simulate", "--name", "a", "--json", "s.json");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        Files.readString(directory.resolve("runs/a/summary.json")),
        Files.readString(directory.resolve("s.json")));
  }

  @Test
  void shouldPrintNothingButJsonWhenItGoesToStdout() throws IOException {
    final Invocation run =
        lockstep("run", "shop.yaml", "--simulate", "--json", "-", "--no-journal");
    assertEquals("valid", JSON.readTree(run.out()).at("/validity/grade").asText());
    assertTrue(run.err().contains("VALID  run completed"), run.err());
    assertFalse(Files.exists(directory.resolve("runs")), "--no-journal keeps nothing");
  }

  @Test
  void shouldSayHowTheRunIsSpreadUnlessQuiet() {
    final Invocation loud = lockstep("run", "shop.yaml", "--simulate", "--no-journal");
    assertTrue(loud.err().contains("1 shard, "), loud.err());
    assertEquals("", lockstep("run", "shop.yaml", "--simulate", "--no-journal", "--quiet").err());
  }

  @Test
  void shouldRunAndReplayAJsonScenario() throws IOException {
    Scenarios.write(
        directory,
        "shop.json",
        """
        {"name": "j", "scenarios": {"s": {
          "load": {"executor": "per-vu-iterations", "vus": 2, "iterations": 3}, "think": "1ms",
          "requests": [{"name": "r", "path": "/"}]}},
         "simulate": {"latency": "5ms"}}
        """);
    assertEquals(0, lockstep("run", "shop.json", "--simulate", "--name", "j").code());
    assertTrue(Files.exists(directory.resolve("runs/j/scenario.json")));
    assertEquals(0, lockstep("replay", "j").code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing.yaml | there is no scenario file nothing.yaml",
        ". | . is a directory",
        "shop.yaml --target ftp://x | must start with http://",
        "shop.yaml --target http://no.such.host.invalid | host name not resolved: no.such.host.invalid",
        "shop.yaml --simulate --name ../up | run id '../up' is not possible",
        "shop.yaml --simulate --json no/such/place.json | create it first",
        "shop.yaml --simulate --json . | is a directory",
        "shop.yaml --simulate --out shop.yaml | shop.yaml",
        "shop.yaml --cpus 99999 | this machine has no CPU 99999",
      })
  void shouldRefuseBeforeAnythingRuns(final String line, final String message) throws IOException {
    final Invocation run = lockstep(("run " + line).split(" "));
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(directory.resolve("runs")), "nothing may be left behind");
  }

  @Test
  void shouldRefuseAnIdThatIsTaken() {
    assertEquals(0, lockstep("run", "shop.yaml", "--simulate", "--name", "a").code());
    final Invocation again = lockstep("run", "shop.yaml", "--simulate", "--name", "a");
    assertEquals(2, again.code());
    assertTrue(again.err().contains("run id 'a' is taken"), again.err());
    assertEquals(0, lockstep("replay", "a").code(), "the first run is untouched");
  }

  @ParameterizedTest
  @ValueSource(strings = {"target", "simulate"})
  void shouldSayWhatAPlanLacks(final String key) throws IOException {
    final String text =
        key.equals("target")
            ? Scenarios.SHOP.replace("target: http://127.0.0.1:8080\n", "")
            : Scenarios.SHOP.substring(0, Scenarios.SHOP.indexOf("simulate:"));
    Scenarios.write(directory, "less.yaml", text);
    final Invocation run =
        key.equals("target")
            ? lockstep("run", "less.yaml")
            : lockstep("run", "less.yaml", "--simulate");
    assertEquals(2, run.code());
    assertTrue(
        run.err().contains(key.equals("target") ? "--target URL" : "no 'simulate' block"),
        run.err());
  }

  @Test
  void shouldListEveryMistakeOfAScenario() throws IOException {
    Scenarios.write(
        directory,
        "bad.yaml",
        Scenarios.SHOP.replace("think", "thnik").replace("vus: 10", "vus: 0"));
    final Invocation run = lockstep("run", "bad.yaml");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("did you mean `think`?"), run.err());
    assertTrue(run.err().contains("vus"), run.err());
    assertTrue(run.err().contains("has 2 errors"), run.err());
  }

  @Test
  void shouldLeaveNoTemporaryFiles() throws IOException {
    assertEquals(
        0, lockstep("run", "shop.yaml", "--simulate", "--name", "a", "--json", "s.json").code());
    try (Stream<Path> all = Files.walk(directory)) {
      assertEquals(0, all.filter(path -> path.toString().matches(".*\\.(tmp|part)")).count());
    }
  }

  private JsonNode summary(final String... options) throws IOException {
    final String[] arguments =
        Stream.concat(Stream.of("run", "shop.yaml", "--json", "-"), Stream.of(options))
            .toArray(String[]::new);
    final Invocation run = lockstep(arguments);
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  private static String text(final JsonNode summary, final String key) {
    final String text = summary.at("/run/" + key).asText();
    assertFalse(text.isEmpty(), key);
    return text;
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
