package io.lockstep.journal.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.sink.InlineBlockSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading beside a writer that makes the file longer, and cuts it as it closes. */
class LiveReadTest {
  private static final int EVENTS = 200_000;

  @TempDir Path directory;

  @Test
  void shouldReadOnBehindTheSizeThatTheFileHadWhenItWasOpened() throws IOException {
    final InlineBlockSink sink =
        new InlineBlockSink(Journals.RUN_ID, 0, JournalStore.create(directory));
    final EventStream stream = new EventStream(1, sink, sink.first()).events(100);
    final Path file = directory.resolve(QueueFile.NAME);
    final long sizeAtOpening = Files.size(file);
    try (JournalReader reader = JournalReader.open(directory, Journals.RUN_ID, 0, null)) {
      assertTrue(reader.next());
      stream.events(EVENTS);
      assertTrue(Files.size(file) > sizeAtOpening, "the test needs a file that has grown");
      while (reader.next()) {
        assertNull(reader.ending());
      }
      assertEquals(EVENTS + 100, reader.eventsRead());
      assertEquals(JournalReader.Ending.TRUNCATED, reader.ending());
    } finally {
      sink.close();
    }
  }

  @Test
  void shouldSeeNoDamageWhileAWriterWritesAndCloses() throws Exception {
    for (int round = 0; round < 5; round++) {
      final Path journal = directory.resolve("round-" + round);
      final InlineBlockSink sink =
          new InlineBlockSink(Journals.RUN_ID, 0, JournalStore.create(journal));
      final Thread writer =
          new Thread(
              () -> {
                new EventStream(2, sink, sink.first()).events(EVENTS / 4).end();
                sink.close();
              },
              "writer");
      writer.start();
      long before = 0;
      Journals.Reading reading;
      do {
        reading = Journals.read(journal, null);
        assertNull(reading.damage());
        assertTrue(reading.events() >= before, "what was read once is there");
        before = reading.events();
      } while (reading.ending() != JournalReader.Ending.COMPLETE);
      writer.join();
      assertEquals(EVENTS / 4 + 1, reading.events());
    }
  }

  @Test
  void shouldTakeACutThatAWriterMakesForTheEnd() throws IOException {
    final Path path = directory.resolve("queue");
    final ByteBuffer bytes = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, 8);
    Files.write(path, bytes.array());
    try (QueueFile file = new QueueFile(path);
        FileChannel writer = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertEquals(QueueFile.Kind.DATA, file.advance());
      assertFalse(file.cut());
      writer.truncate(12);
      assertEquals(QueueFile.Kind.END, file.advance());
      assertFalse(file.hasChangedSince());
    }
  }
}
