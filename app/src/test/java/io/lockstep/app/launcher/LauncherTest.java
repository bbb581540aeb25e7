package io.lockstep.app.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher finds a JDK, builds once, and becomes the app. The real build is not verified here
 * but by CI, which uses the launcher on a clean clone.
 */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  @TempDir private Path folder;
  private LauncherTrial trial;

  @BeforeEach
  void layOut() throws IOException {
    trial = new LauncherTrial(folder);
  }

  @Test
  void shouldBuildOnFirstUseOnly() throws Exception {
    final LauncherTrial.Result first = trial.run("one");
    assertEquals(0, first.exit(), first.err());
    assertTrue(first.err().contains("lockstep: building 2 of 2: lockstep-app"), first.err());
    final LauncherTrial.Result second = trial.run("two");
    assertEquals("", second.err());
    assertTrue(second.out().startsWith("[two]\n"), second.out());
    assertEquals(1, trial.builds());
  }

  @Test
  void shouldBuildAgainWhenSourceIsNewer() throws Exception {
    trial.run();
    trial.touch("app/src/main", Instant.now().plusSeconds(5));
    trial.run();
    assertEquals(2, trial.builds());
  }

  @Test
  void shouldHandOverArgumentsFlagsExitCodeAndProcess() throws Exception {
    final Map<String, String> environment =
        Map.of(
            "LOCKSTEP_JAVA_HOME",
            LauncherTrial.thisJdk().toString(),
            "LOCKSTEP_JAVA_OPTS",
            "-Dextra=yes -Xmx64m");
    trial.run();
    final Process process =
        trial.start(
            trial.project.resolve("lockstep"),
            environment,
            "two words",
            "",
            "*",
            "@jvm.args",
            "exit=99");
    final LauncherTrial.Result result = trial.finish(process);
    assertEquals(99, result.exit());
    final String expected =
        "[two words]\n[]\n[*]\n[@jvm.args]\n[exit=99]\npid "
            + process.pid()
            + "\nextra yes\nagrona true\n";
    assertTrue(result.out().startsWith(expected), result.out());
  }

  @Test
  void shouldWorkThroughChainOfSymlinks() throws Exception {
    final Path link =
        Files.createSymbolicLink(folder.resolve("far link"), trial.project.resolve("lockstep"));
    final Path relative = Files.createSymbolicLink(folder.resolve("near"), link.getFileName());
    final LauncherTrial.Result result =
        trial.runAs(
            relative, Map.of("LOCKSTEP_JAVA_HOME", LauncherTrial.thisJdk().toString()), "hello");
    assertTrue(result.out().startsWith("[hello]\n"), result.out() + result.err());
  }

  @Test
  void shouldBuildOnceWhenManyStartTogether() throws Exception {
    trial.maven("sleep 2");
    final Map<String, String> environment =
        Map.of("LOCKSTEP_JAVA_HOME", LauncherTrial.thisJdk().toString());
    final Path command = trial.project.resolve("lockstep");
    final List<Process> all =
        List.of(
            trial.start(command, environment, "a"),
            trial.start(command, environment, "b"),
            trial.start(command, environment, "c"));
    for (final Process process : all) {
      final LauncherTrial.Result result = trial.finish(process);
      assertEquals(0, result.exit(), result.err());
      assertTrue(result.out().contains("agrona true"), result.out());
    }
    assertEquals(1, trial.builds());
  }

  @Test
  void shouldShowEndOfLogWhenBuildFailsAndTryAgainNextTime() throws Exception {
    trial.maven("{ echo '[ERROR] cannot find symbol'; false; }");
    final LauncherTrial.Result failed = trial.run();
    assertEquals(1, failed.exit());
    assertEquals("", failed.out());
    assertTrue(failed.err().contains("the build failed"), failed.err());
    assertTrue(failed.err().contains("[ERROR] cannot find symbol"), failed.err());
    trial.maven("true");
    assertEquals(0, trial.run().exit());
  }

  @Test
  void shouldReleaseBuildWhenInterrupted() throws Exception {
    trial.maven("exec sleep 50");
    final Process process =
        trial.start(
            trial.project.resolve("lockstep"),
            Map.of("LOCKSTEP_JAVA_HOME", LauncherTrial.thisJdk().toString()));
    while (trial.builds() == 0) {
      Thread.sleep(20);
    }
    process.toHandle().destroy();
    assertEquals(143, trial.finish(process).exit());
    trial.maven("true");
    assertEquals(0, trial.run().exit());
  }

  @Test
  void shouldPreferNewestJdk() throws Exception {
    trial.jdk("98.0.1");
    trial.jdk("9.0.4");
    trial.jdk("99.0.2");
    final LauncherTrial.Result result = trial.runAs(trial.project.resolve("lockstep"), Map.of());
    assertEquals("made-up 99.0.2\n", result.out(), result.err());
  }

  @Test
  void shouldNoticeNewJdk() throws Exception {
    trial.jdk("98.0.1");
    trial.runAs(trial.project.resolve("lockstep"), Map.of());
    trial.jdk("99.0.2");
    assertEquals(
        "made-up 99.0.2\n", trial.runAs(trial.project.resolve("lockstep"), Map.of()).out());
    assertEquals(1, trial.builds());
  }

  @Test
  void shouldObeyChosenJdkEvenIfNewerOneIsThere() throws Exception {
    trial.jdk("99.0.2");
    final Path chosen = trial.jdk("98.0.1");
    final LauncherTrial.Result result =
        trial.runAs(
            trial.project.resolve("lockstep"), Map.of("LOCKSTEP_JAVA_HOME", chosen.toString()));
    assertEquals("made-up 98.0.1\n", result.out(), result.err());
  }

  @Test
  void shouldLeaveBuildToJdkWithCompilerWhenChosenOneHasNone() throws Exception {
    final Path compiler = trial.jdk("99.0.2");
    final LauncherTrial.Result result =
        trial.runAs(
            trial.project.resolve("lockstep"),
            Map.of("LOCKSTEP_JAVA_HOME", trial.runtimeOnly().toString()),
            "hello");
    assertTrue(result.out().startsWith("[hello]\n"), result.out() + result.err());
    assertEquals(compiler + "\n", Files.readString(trial.project.resolve("builder")));
  }

  @Test
  void shouldRefuseChosenFolderThatHoldsNoJdk() throws Exception {
    final LauncherTrial.Result result =
        trial.runAs(
            trial.project.resolve("lockstep"), Map.of("LOCKSTEP_JAVA_HOME", folder.toString()));
    assertEquals(2, result.exit());
    assertTrue(
        result.err().contains("LOCKSTEP_JAVA_HOME is " + folder + ", which holds no Java 17"),
        result.err());
    assertEquals(0, trial.builds());
  }

  @Test
  void shouldStartWithSpoiltClassArchiveAndCleanOutput() throws Exception {
    trial.run();
    final Path archive = archive();
    assertTrue(Files.size(archive) > 0, "no archive was made");
    for (final byte[] spoilt : List.of(new byte[] {1, 2, 3}, new byte[1 << 16])) {
      Files.write(archive, spoilt);
      final LauncherTrial.Result result = trial.run("hello");
      assertEquals(0, result.exit(), result.err());
      assertTrue(result.out().startsWith("[hello]\npid "), result.out());
      assertEquals("", result.err());
    }
  }

  @Test
  void shouldKeepJarsOfBuildBeforeForThoseWhoStillRun() throws Exception {
    trial.run();
    final Path before = archive().getParent();
    trial.touch("pom.xml", Instant.now().plusSeconds(5));
    trial.run();
    assertTrue(Files.exists(before.resolve("lockstep.jar")));
    trial.touch("pom.xml", Instant.now().plusSeconds(10));
    trial.run();
    assertTrue(Files.exists(before.resolve("lockstep.jar")), "somebody may still run it");
    trial.touch("target/lockstep/" + before.getFileName(), Instant.now().minusSeconds(100_000));
    trial.touch("pom.xml", Instant.now().plusSeconds(15));
    trial.run();
    assertFalse(Files.exists(before));
  }

  @Test
  void shouldNotBuildAgainForSourceDatedInTheFuture() throws Exception {
    trial.touch("pom.xml", Instant.now().plusSeconds(5_000));
    trial.touch("app/pom.xml", Instant.now().plusSeconds(9_000));
    trial.run();
    assertEquals("", trial.run("two").err());
    assertEquals(1, trial.builds());
    // File systems date what is written now by a clock that lags by some milliseconds.
    trial.touch("app/src/main", Instant.now().minusMillis(20));
    trial.run();
    assertEquals(2, trial.builds(), "a source was changed after the build");
    assertEquals("", trial.run("four").err());
  }

  @Test
  void shouldFindItselfWhateverCdPathSays() throws Exception {
    final Path elsewhere = folder.resolve("elsewhere");
    Files.createDirectories(elsewhere.resolve("new comer/project"));
    final LauncherTrial.Result result =
        trial.runAs(
            Path.of("sh"),
            Map.of(
                "LOCKSTEP_JAVA_HOME",
                LauncherTrial.thisJdk().toString(),
                "CDPATH",
                elsewhere.toString()),
            "new comer/project/lockstep",
            "hello");
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().startsWith("[hello]\n"), result.out());
  }

  @Test
  void shouldWriteUtf8WhereThereIsNoLocale() throws Exception {
    for (final String locale : List.of("C", "POSIX", "")) {
      final LauncherTrial.Result result =
          trial.runAs(
              trial.project.resolve("lockstep"),
              Map.of("LOCKSTEP_JAVA_HOME", LauncherTrial.thisJdk().toString(), "LANG", locale));
      assertTrue(result.out().contains("\nfile names UTF-8\n"), result.out());
      assertTrue(result.out().contains("\n\u00fcmlaut\n"), result.out());
    }
  }

  @Test
  void shouldLetUserNameTheCollector() throws Exception {
    trial.run();
    for (final String option : List.of("-XX:+UseParallelGC", "-XX:+UseSerialGC", "-Xmx64m")) {
      final LauncherTrial.Result result =
          trial.runAs(
              trial.project.resolve("lockstep"),
              Map.of(
                  "LOCKSTEP_JAVA_HOME",
                  LauncherTrial.thisJdk().toString(),
                  "LOCKSTEP_JAVA_OPTS",
                  option));
      assertEquals(0, result.exit(), result.err());
      final String collectors =
          option.contains("Parallel") ? "PS MarkSweep, PS Scavenge" : "Copy, MarkSweepCompact";
      assertTrue(result.out().contains("\ncollectors " + collectors + "\n"), result.out());
    }
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.walk(trial.project.resolve("target/lockstep"))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(jsa|aot)"))
          .findFirst()
          .orElseThrow();
    }
  }
}
