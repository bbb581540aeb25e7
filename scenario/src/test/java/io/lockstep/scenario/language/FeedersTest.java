package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.FeederPlan.AtEnd;
import io.lockstep.scenario.plan.FeederPlan.Mode;
import io.lockstep.scenario.plan.FeederPlan.Per;
import io.lockstep.scenario.plan.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedersTest {
  @TempDir private Path directory;

  @Test
  void shouldCompileFilesBesideTheScenario() throws Exception {
    write("sub/users.csv", "id,name\n1,Ann\n2,Bob\n3,Cyd\n");
    write("words", "w\tv\nx\ty\n");
    final Loaded loaded =
        load(
            "  users: {file: sub/users.csv, mode: unique, per: vu}\n"
                + "  words: {file: words, format: tsv, mode: shuffle, at_end: stop-test}\n"
                + "  sizes: {rows: [{s: 1, t: yes}, {t: '', s: b}], mode: random}\n");
    assertEquals(
        List.of(
            new FeederPlan(
                "users",
                List.of("id", "name"),
                3,
                loaded.tables().get(0).digest(),
                Mode.UNIQUE,
                Per.VU,
                AtEnd.STOP_VU,
                Site.of("data", "users"),
                List.of()),
            new FeederPlan(
                "words",
                List.of("w", "v"),
                1,
                loaded.tables().get(1).digest(),
                Mode.SHUFFLE,
                Per.ITERATION,
                AtEnd.STOP_TEST,
                Site.of("data", "words"),
                List.of()),
            new FeederPlan(
                "sizes",
                List.of("s", "t"),
                2,
                loaded.tables().get(2).digest(),
                Mode.RANDOM,
                Per.ITERATION,
                AtEnd.RECYCLE,
                Site.of("data", "sizes"),
                List.of())),
        loaded.plan().feeders());
    assertEquals("Cyd", loaded.tables().get(0).text(2, 1));
    assertEquals("b", loaded.tables().get(2).text(1, 0));
    assertEquals("", loaded.tables().get(2).text(1, 1));
  }

  @Test
  void shouldDigestTheDataIntoThePlanButNotItsPlace() throws Exception {
    write("a.csv", "id\n1\n");
    write("b.csv", "id\n1\n");
    write("c.csv", "id\n2\n");
    final String digest = load("  f: {file: a.csv}\n").plan().digest();
    assertEquals(digest, load("  f: {file: b.csv}\n").plan().digest());
    assertNotEquals(digest, load("  f: {file: c.csv}\n").plan().digest());
    assertNotEquals(digest, load("  f: {file: a.csv, mode: random}\n").plan().digest());
    assertNotEquals(digest, load("  f: {file: a.csv, per: vu}\n").plan().digest());
    assertNotEquals(digest, load("  g: {file: a.csv}\n").plan().digest());
    assertNotEquals(
        load("  f: {rows: [{a: 1}]}\n").plan().digest(),
        load("  f: {rows: [{a: 2}]}\n").plan().digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "f: {}|5:6|a feeder needs `file` or `rows`",
        "f: {file: a.csv, rows: [{a: 1}]}|5:26|a feeder has either `file` or `rows`",
        "f: {file: a.txt}|5:13|the file's name does not tell its format: add `format`",
        "f: {file: gone.csv}|5:13|the data file `gone.csv` cannot be used: there is no such file",
        "f: {file: dir.csv}|5:13|the data file `dir.csv` cannot be used: it is a directory",
        "f: {file: a.json, delimiter: ';'}|5:32|`delimiter` belongs to `format: csv`",
        "f: {file: a.csv, delimiter: ''}|5:31|`` is not one printable ASCII character or a tab",
        "f: {rows: [{a: 1}], format: csv}|5:31|`format` belongs to `file`, not to `rows`",
        "f: {rows: [{a: 1}], mode: random, at_end: stop-vu}|5:45|with `mode: random` the rows have",
        "f: {rows: [{a: 1}], mode: unique, at_end: recycle}|5:45|with `mode: unique` no row comes",
        "f: {rows: []}|5:13|the list is empty",
        "f: {rows: [{a: 1}, {b: 1}]}|5:22|the row does not have the columns of the first one",
        "f: {rows: [{a: 1}, {a: 1, b: 1}]}|5:22|the row does not have the columns of the first",
        "f: {rows: [{a: [1]}]}|5:18|expected a text, number or boolean, found a list",
        "f: {rows: [{a: 1}], mode: serial}|5:29|`serial` is not allowed here",
        "env: {rows: [{a: 1}]}|5:3|`env` has a meaning of its own",
        "a-b: {rows: [{a: 1}]}|5:3|`a-b` is no feeder name",
      })
  void shouldReportMistakes(final String feeder, final String place, final String message)
      throws IOException {
    Files.createDirectory(directory.resolve("dir.csv"));
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> load("  " + feeder + "\n"));
    final String error = e.render();
    assertTrue(error.contains("s.yaml:" + place + ": error: " + message), error);
  }

  @Test
  void shouldReportErrorsOfAllDataFilesAtOnceWithTheirOwnPlaces() throws IOException {
    write("a.csv", "id,id\n1,2\n3\n");
    write("b.jsonl", "{\"a\":1}\n{\"a\":}\n");
    final ScenarioException e =
        assertThrows(
            ScenarioException.class, () -> load("  a: {file: a.csv}\n  b: {file: b.jsonl}\n"));
    final String error = e.render();
    assertEquals(3, e.diagnostics().size(), error);
    assertTrue(error.contains("a.csv:1:4: error: columns 1 and 2 are both named `id`"), error);
    assertTrue(error.contains("a.csv:3:1: error: the row has 1 value"), error);
    assertTrue(error.contains("b.jsonl:2:6: error: not JSON"), error);
  }

  @Test
  void shouldWarnWhereRowsRunOut() throws Exception {
    final String three = "rows: [{a: 1}, {a: 2}, {a: 3}]";
    assertEquals(List.of(), warnings("  f: {" + three + "}\n"));
    assertEquals(List.of(), warnings("  f: {" + three + ", per: vu, at_end: stop-vu}\n"));
    final List<Diagnostic> found = warnings("  f: {" + three + ", at_end: stop-vu}\n");
    assertEquals(List.of(Diagnostic.Kind.ROWS_RUN_OUT), found.stream().map(d -> d.kind()).toList());
    assertEquals("the rows run out: scenario `s` wants 4, and there are 3", found.get(0).message());
  }

  @Test
  void shouldWarnWhereTimingDecidesWhenTheTestStops() throws Exception {
    final String rows = "rows: [{a: 1}, {a: 2}, {a: 3}]";
    final List<Diagnostic> found = warnings("  f: {" + rows + ", at_end: stop-test}\n");
    assertEquals(
        List.of(Diagnostic.Kind.ROWS_RUN_OUT, Diagnostic.Kind.TIMING_DEPENDENT),
        found.stream().map(d -> d.kind()).toList());
    final String enough = "rows: [{a: 1}, {a: 2}, {a: 3}, {a: 4}]";
    assertEquals(List.of(), warnings("  f: {" + enough + ", at_end: stop-test}\n"));
    assertEquals(List.of(), warnings("  f: {" + rows + ", at_end: stop-test, per: vu}\n"));
  }

  @Test
  void shouldTakeNoPlaceInThePlanOfAFileWithoutData() throws Exception {
    final Loaded loaded = load("");
    assertEquals(List.of(), loaded.plan().feeders());
    assertFalse(loaded.plan().digest().isEmpty());
  }

  private List<Diagnostic> warnings(final String feeders) throws Exception {
    return load(feeders, "/${f.a}").warnings();
  }

  private Loaded load(final String feeders) throws IOException, ScenarioException {
    return load(feeders, "/");
  }

  private Loaded load(final String feeders, final String path)
      throws IOException, ScenarioException {
    final Path file =
        write(
            "s.yaml",
            """
            name: s
            target: http://x
            seed: 1
            data:%s
            scenarios:
              s:
                load: {executor: per-vu-iterations, vus: 2, iterations: 2}
                think: 0s
                requests: [{path: '%s'}]
            """
                .formatted(feeders.isEmpty() ? " {}" : "\n" + feeders.stripTrailing(), path));
    return ScenarioFile.load(file);
  }

  private Path write(final String name, final String text) throws IOException {
    final Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
