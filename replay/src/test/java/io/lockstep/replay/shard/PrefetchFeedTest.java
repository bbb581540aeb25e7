package io.lockstep.replay.shard;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefetchFeedTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotTakeAFailureOfItsReaderForTheEnd(final boolean isError) {
    final Throwable failure =
        isError ? new AssertionError("for the test") : new IllegalStateException("for the test");
    try (PrefetchFeed feed = new PrefetchFeed(failing(failure), "test-reader")) {
      assertSame(failure, assertThrows(Throwable.class, feed::take));
    }
  }

  private static BlockSource failing(final Throwable failure) {
    return new BlockSource() {
      @Override
      public boolean read(final RecordedBlock into) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }

      @Override
      public String damage() {
        return null;
      }

      @Override
      public void close() {
        // Holds nothing.
      }
    };
  }
}
