package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Included files, environments and set values: from the command line to the replay. */
final class LoadingTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(directory.resolve("project/parts"));
    write("project/parts/base.yaml", Scenarios.SHOP);
    write("project/parts/more.json", "{\"include\": [\"base.yaml\"], \"tick\": \"1ms\"}");
    write(
        "project/shop.yaml",
        """
        include: [parts/more.json]
        name: own
        env:
          small: {scenarios: {browse: {load: {vus: 3}}}}
          large: {scenarios: {browse: {load: {vus: 300}}}}
        """);
  }

  @Test
  void shouldReplayWithoutTheOriginalFiles() throws IOException {
    final Invocation run =
        lockstep(
            "run",
            "project/shop.yaml",
            "--simulate",
            "--quiet",
            "--name",
            "r",
            "--env",
            "small",
            "--set",
            "seed=99",
            "--set",
            "scenarios.browse.load.duration=3s");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("own, seed 99"), run.out());
    deleteProject();
    final Invocation replay = lockstep("replay", "r");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    assertTrue(replay.out().startsWith("identical"), replay.out());
    final Invocation inspect = lockstep("inspect", "r", "--vu", "2", "--iteration", "0");
    assertEquals(0, inspect.code(), inspect.err());
    assertTrue(inspect.out().contains("home") || inspect.out().contains("item"), inspect.out());
    final String manifest = Files.readString(directory.resolve("runs/r/run.json"));
    assertTrue(manifest.contains("\"env\" : \"small\""), manifest);
    assertTrue(manifest.contains("\"include 1\" : \"parts/more.json\""), manifest);
    assertTrue(manifest.contains("\"include 2\" : \"parts/base.yaml\""), manifest);
    assertTrue(manifest.contains("\"set 1\" : \"seed=99\""), manifest);
    assertEquals(Scenarios.SHOP, Files.readString(directory.resolve("runs/r/include-2.yaml")));
  }

  @Test
  void shouldAskTheSameAsOneFileThatSaysAllOfIt() throws IOException {
    write(
        "project/whole.yaml",
        Scenarios.SHOP.replace("vus: 10", "vus: 3").replace("name: shop", "name: own")
            + "tick: 1ms\n");
    final Invocation parts =
        lockstep("run", "project/shop.yaml", "--simulate", "--quiet", "--env", "small");
    final Invocation whole = lockstep("run", "project/whole.yaml", "--simulate", "--quiet");
    assertEquals(digests(whole.out()), digests(parts.out()));
  }

  @Test
  void shouldNoticeAnIncludedFileThatIsNoLongerWhatTheRunWrote() throws IOException {
    lockstep("run", "project/shop.yaml", "--simulate", "--quiet", "--name", "r");
    final Path kept = directory.resolve("runs/r/include-2.yaml");
    Files.writeString(kept, Scenarios.SHOP.replace("vus: 10", "vus: many"));
    final Invocation broken = lockstep("replay", "r");
    assertEquals(3, broken.code());
    assertTrue(broken.out().contains("include-2.yaml is not what the run wrote"), broken.out());
    assertTrue(broken.out().contains("include-2.yaml:7:"), broken.out());
    Files.writeString(kept, Scenarios.SHOP + "# more\n");
    final Invocation changed = lockstep("replay", "r");
    assertEquals(3, changed.code());
    assertTrue(changed.out().contains("include-2.yaml is not what the run wrote"), changed.out());
    Files.delete(kept);
    final Invocation gone = lockstep("replay", "r");
    assertEquals(3, gone.code());
    assertTrue(gone.out().contains("include-2.yaml is not what the run wrote"), gone.out());
    assertTrue(
        lockstep("inspect", "r").err().contains("include-2.yaml"), "and inspect says so too");
  }

  @Test
  void shouldSayWhyTheCopyThatARunKeepsIsNoScenarioOfItsOwn() throws IOException {
    lockstep("run", "project/shop.yaml", "--simulate", "--quiet", "--name", "r");
    final Invocation again = lockstep("run", "runs/r/scenario.yaml", "--simulate");
    assertEquals(2, again.code());
    assertTrue(again.err().contains("there is no file `parts/more.json`"), again.err());
    assertTrue(
        again.err().contains("runs/r/scenario.yaml is the copy that a run keeps for its replay"),
        again.err());
    write("project/scenario.yaml", "name: [");
    final Invocation own = lockstep("validate", "project/scenario.yaml");
    assertEquals(2, own.code());
    assertFalse(own.err().contains("copy that a run keeps"), own.err());
  }

  @Test
  void shouldValidateWhatWouldBeRun() {
    final Invocation small = lockstep("validate", "project/shop.yaml", "--env=small");
    assertEquals(0, small.code(), small.err());
    assertTrue(small.out().contains("closed: 3 VUs"), small.out());
    final Invocation set =
        lockstep("validate", "project/shop.yaml", "--set", "scenarios.browse.load.vus=17");
    assertTrue(set.out().contains("closed: 17 VUs"), set.out());
  }

  @Test
  void shouldRefuseAnUnknownEnvironmentAndAWrongAssignmentBeforeAnythingIsMade() {
    final Invocation unknown = lockstep("run", "project/shop.yaml", "--simulate", "--env", "smal");
    assertEquals(2, unknown.code());
    assertTrue(
        unknown.err().contains("--env:1:1: error: there is no environment `smal`"), unknown.err());
    assertTrue(unknown.err().contains("did you mean `small`?"), unknown.err());
    final Invocation wrong =
        lockstep("run", "project/shop.yaml", "--simulate", "--set", "scenarios.browse.load.vus=x");
    assertEquals(2, wrong.code());
    assertTrue(
        wrong
            .err()
            .contains("--set scenarios.browse.load.vus=x:1:27: error: expected a number of VUs"),
        wrong.err());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void shouldReportMistakesOfSeveralFilesAtOnce() throws IOException {
    write("project/parts/base.yaml", Scenarios.SHOP.replace("vus: 10", "vus: ten"));
    write("project/shop.yaml", "include: [parts/more.json]\nsede: 4\n");
    final Invocation wrong = lockstep("validate", "project/shop.yaml");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("project/shop.yaml has 2 errors"), wrong.err());
    assertTrue(wrong.err().contains("project/shop.yaml:2:1: error: "), wrong.err());
    assertTrue(wrong.err().contains("project/parts/base.yaml:7:"), wrong.err());
  }

  @Test
  void shouldNotWaitForAPipeOrReadADirectoryAsAnIncludedFile() throws IOException {
    write("project/shop.yaml", "include: [parts]\n");
    final Invocation folder = lockstep("validate", "project/shop.yaml");
    assertEquals(2, folder.code());
    assertTrue(
        folder.err().contains("`parts` cannot be read: it is not a regular file"), folder.err());
  }

  @Test
  void shouldPrintAndWriteTheSchema() throws IOException {
    final Invocation printed = lockstep("schema");
    assertEquals(0, printed.code(), printed.err());
    assertTrue(printed.out().contains("https://json-schema.org/draft/2020-12/schema"));
    final Invocation written = lockstep("schema", "-o", "lockstep.schema.json");
    assertEquals(0, written.code(), written.err());
    assertEquals("", written.out());
    assertEquals(printed.out(), Files.readString(directory.resolve("lockstep.schema.json")));
    assertTrue(lockstep("schema", "--part").out().contains("Part of a Lockstep scenario"));
    final Invocation nowhere = lockstep("schema", "-o", "gone/schema.json");
    assertEquals(2, nowhere.code());
    assertTrue(nowhere.err().contains("there is no directory"), nowhere.err());
  }

  private static String digests(final String out) {
    return out.substring(out.indexOf("generation digest"), out.indexOf("  run   "));
  }

  private void write(final String name, final String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private void deleteProject() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("project"))) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
