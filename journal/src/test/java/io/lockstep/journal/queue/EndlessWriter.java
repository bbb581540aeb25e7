package io.lockstep.journal.queue;

import io.lockstep.journal.EventStream;
import io.lockstep.journal.block.JournalException;
import io.lockstep.journal.sink.InlineBlockSink;
import java.nio.file.Path;

/** Writes events until it is killed or the disk is full; a process of its own in tests. */
final class EndlessWriter {
  private EndlessWriter() {}

  public static void main(final String[] arguments) {
    final Path directory = Path.of(arguments[0]);
    final long events = Long.parseLong(arguments[1]);
    try {
      final InlineBlockSink sink =
          new InlineBlockSink(Journals.RUN_ID, 0, JournalStore.create(directory));
      final EventStream stream = new EventStream(1, sink, sink.first());
      try {
        for (long i = 0; i < events; i += 1_000) {
          stream.events(1_000);
        }
        stream.end();
      } finally {
        sink.close();
      }
    } catch (final JournalException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }
}
