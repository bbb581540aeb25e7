package io.lockstep.app;

import io.lockstep.journal.queue.JournalReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The events of journals as their writer knew them: in the files they are packed. */
public final class JournalBytes {
  private JournalBytes() {}

  /** All bytes of all events of all journals below a directory, by journal. */
  public static Map<Path, byte[]> below(final Path directory) throws IOException {
    final Map<Path, byte[]> bytesByJournal = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (final Path path : all.filter(JournalBytes::isJournal).toList()) {
        bytesByJournal.put(path, events(path));
      }
    }
    return bytesByJournal;
  }

  private static boolean isJournal(final Path path) {
    return path.getFileName().toString().matches("[0-9]+")
        && Files.isDirectory(path)
        && path.getParent().toString().contains("journal");
  }

  private static byte[] events(final Path journal) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final int shard = Integer.parseInt(journal.getFileName().toString());
    try (JournalReader reader = JournalReader.open(journal, null, shard, null)) {
      while (reader.next()) {
        final byte[] block = new byte[reader.eventsLimit() - reader.eventsOffset()];
        reader.buffer().getBytes(reader.eventsOffset(), block);
        out.writeBytes(block);
      }
    }
    return out.toByteArray();
  }
}
