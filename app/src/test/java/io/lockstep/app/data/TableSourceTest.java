package io.lockstep.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.FeederException;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read where they are, and change while a run reads them. */
final class TableSourceTest {
  /** More than a page of memory in front of the last row. */
  private static final int ROWS = 20_000;

  @TempDir private Path directory;
  private Path users;
  private Loaded loaded;
  private FeederSource rows;

  @BeforeEach
  void load() throws Exception {
    users = directory.resolve("users.csv");
    Files.writeString(users, "id,name\n" + "7,somebody\n".repeat(ROWS));
    final Path scenario =
        Files.writeString(
            directory.resolve("s.yaml"),
            """
            name: s
            target: http://x
            data: {users: {file: users.csv}}
            scenarios:
              s:
                load: {executor: per-vu-iterations, vus: 2, iterations: 2}
                think: 0s
                requests: [{path: /}]
            """);
    loaded = ScenarioFile.load(scenario);
    rows = TableSource.of(loaded.tables()).get(0);
  }

  @Test
  void shouldSayThatAFileWasCutWhileItWasRead() throws IOException {
    assertEquals("somebody", rows.text(ROWS - 1, 1));
    try (FileChannel channel = FileChannel.open(users, StandardOpenOption.WRITE)) {
      channel.truncate(20);
    }
    final Throwable failure = readUntilItFails();
    assertGone(TableSource.explain(failure, loaded.tables()).orElseThrow());
    final Throwable wrapped = new IllegalStateException("a shard failed", failure);
    assertGone(TableSource.explain(wrapped, loaded.tables()).orElseThrow());
  }

  /** The JVM may tell of it some time after the read. */
  private Throwable readUntilItFails() {
    final byte[] into = new byte[100];
    try {
      for (int i = 0; i < ROWS; i++) {
        rows.read(ROWS - 1, 1, into, 0);
      }
    } catch (final FeederException | InternalError e) {
      return e;
    }
    throw new AssertionError("a row that is gone was read");
  }

  @Test
  void shouldExplainNothingElse() {
    assertTrue(TableSource.explain(new IllegalStateException("x"), loaded.tables()).isEmpty());
    assertTrue(TableSource.explain(new InternalError("x"), List.of()).isEmpty());
  }

  @Test
  void shouldSayThatAFileWasOverwrittenWhileItWasRead() throws IOException {
    try (FileChannel channel = FileChannel.open(users, StandardOpenOption.WRITE)) {
      final int length = (int) channel.size();
      channel.write(ByteBuffer.wrap("x".repeat(length).getBytes(StandardCharsets.UTF_8)), 0);
    }
    assertGone(assertThrows(FeederException.class, () -> rows.text(ROWS - 1, 1)));
  }

  @Test
  void shouldNotBlameTheFileForARowThatIsNone() {
    assertThrows(IndexOutOfBoundsException.class, () -> rows.text(ROWS, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> rows.text(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> rows.read(-1, 0, new byte[1], 0));
  }

  private void assertGone(final FeederException e) {
    assertTrue(
        e.getMessage().startsWith("the data file " + users + " changed while it was in use"),
        e.getMessage());
  }
}
