package io.lockstep.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.Manifest.DataFile;
import io.lockstep.journal.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with data files, from the command line. */
final class DataRunTest {
  private static final String DATA =
      """
      data:
        users: {file: lists/users.csv, mode: shuffle}
        Users: {file: lists/users.csv}
        items: {file: items.jsonl, mode: random}
        sizes: {rows: [{size: s}, {size: m}]}
      """;

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(directory.resolve("lists"));
    Scenarios.write(directory, "lists/users.csv", "id,name\n1,Ann\n2,Bob\n");
    Scenarios.write(directory, "items.jsonl", "{\"id\":1}\n{\"id\":2}\n");
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP + DATA);
  }

  @Test
  void shouldSayWhatDataThereIs() {
    final Invocation validate = lockstep("validate", "shop.yaml");
    assertEquals(0, validate.code(), validate.err());
    assertTrue(
        validate.out().contains("users  2 rows of 2 columns, shuffle per iteration, then recycle"),
        validate.out());
    assertTrue(
        validate.out().contains("items  2 rows of 1 column, random per iteration\n"),
        validate.out());
  }

  @Test
  void shouldReplayFromTheRunsOwnCopiesWhenTheOriginalsAreGone() throws IOException {
    run();
    Files.delete(directory.resolve("lists/users.csv"));
    Scenarios.write(directory, "items.jsonl", "{\"other\":9}\n");
    final Invocation replay = lockstep("replay", "r");
    assertEquals(0, replay.code(), replay.out() + replay.err());
    final Manifest manifest = RunDirectory.open(directory.resolve("runs"), "r").manifest();
    assertEquals(3, manifest.data().size());
    final DataFile small = manifest.data().get("users");
    final DataFile capital = manifest.data().get("Users");
    assertTrue(small.isCopied());
    assertFalse(small.copy().equalsIgnoreCase(capital.copy()), small + " " + capital);
    assertEquals(small.sha256(), manifest.files().get(small.copy()));
    assertEquals("id,name\n1,Ann\n2,Bob\n", Files.readString(file(small.copy())));
    assertEquals("data/items.jsonl", manifest.data().get("items").copy());
  }

  @Test
  void shouldCallACopyThatChangedDamaged() throws IOException {
    run();
    for (final String changed :
        new String[] {"{\"id\":1}\n{\"id\":3}\n", "{\"id\":1}\n{\"id\":\"\n", "{}"}) {
      Files.writeString(file("data/items.jsonl"), changed);
      final Invocation replay = lockstep("replay", "r");
      assertEquals(3, replay.code(), replay.out());
      assertTrue(replay.out().startsWith("damaged"), replay.out());
      assertTrue(
          replay.out().contains("the data of feeder 'items' is not what the run used"),
          replay.out());
      final Invocation inspect = lockstep("inspect", "r", "--vu", "3");
      assertTrue(inspect.err().contains("numbers stand for names"), inspect.err());
    }
    Files.delete(file("data/items.jsonl"));
    final Invocation replay = lockstep("replay", "r");
    assertTrue(replay.out().contains("data/items.jsonl is missing"), replay.out());
  }

  @Test
  void shouldRefuseABrokenDataFileBeforeTheRun() throws IOException {
    Scenarios.write(directory, "lists/users.csv", "id,name\n1,Ann\n2\n");
    final Invocation run = lockstep("run", "shop.yaml", "--simulate", "--name", "r", "--quiet");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("lists/users.csv:3:1: error: the row has 1 value"), run.err());
    assertFalse(Files.exists(directory.resolve("runs")));
  }

  @Test
  void shouldRunWithoutAJournal() {
    final Invocation run = lockstep("run", "shop.yaml", "--simulate", "--no-journal", "--quiet");
    assertEquals(0, run.code(), run.err());
  }

  private void run() {
    final Invocation run = lockstep("run", "shop.yaml", "--simulate", "--name", "r", "--quiet");
    assertEquals(0, run.code(), run.err());
  }

  private Path file(final String name) {
    return directory.resolve("runs").resolve("r").resolve(name);
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
