package io.lockstep.engine.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What is remembered changes no hash, whatever comes again and whatever differs in one byte. */
final class RecentHashesTest {
  private static final int CONTENTS = 6;
  private static final int OFFSET = 3;

  private final ContentHash expected = new ContentHash();
  private final ContentHash actual = new ContentHash();

  @Property(tries = 200)
  void everyHashIsThatOfTheBytes(@ForAll final long seed) {
    final Random random = new Random(seed);
    final RecentHashes hashes = new RecentHashes();
    final byte[][] contents = contents(random);
    for (int i = 0; i < 60; i++) {
      final byte[] content = contents[random.nextInt(CONTENTS)];
      if (random.nextInt(4) == 0 && content.length > 0) {
        content[random.nextInt(content.length)] ^= 1;
      }
      final DirectBuffer buffer = padded(content, random.nextInt(8) == 0);
      expected.of(buffer, OFFSET, content.length);
      hashes.of(buffer, OFFSET, content.length, actual);
      assertEquals(expected.high(), actual.high(), () -> "seed " + seed);
      assertEquals(expected.low(), actual.low(), () -> "seed " + seed);
    }
  }

  /** Some of one length that begin and end alike, so that they are remembered in one place. */
  private static byte[][] contents(final Random random) {
    final int alike = random.nextInt(200);
    final byte[][] contents = new byte[CONTENTS][];
    for (int i = 0; i < CONTENTS; i++) {
      contents[i] = new byte[i % 2 == 0 ? alike : length(random)];
      if (alike > 40 && i % 2 == 0) {
        contents[i][20] = (byte) i;
      } else {
        random.nextBytes(contents[i]);
      }
    }
    return contents;
  }

  private static int length(final Random random) {
    return random.nextInt(3) == 0
        ? RecentHashes.MAX_BYTES - 2 + random.nextInt(4)
        : random.nextInt(30);
  }

  private static DirectBuffer padded(final byte[] content, final boolean offHeap) {
    final UnsafeBuffer buffer =
        offHeap
            ? new UnsafeBuffer(ByteBuffer.allocateDirect(content.length + OFFSET + 1))
            : new UnsafeBuffer(new byte[content.length + OFFSET + 3], 2, content.length + OFFSET);
    buffer.putBytes(OFFSET, content);
    return buffer;
  }
}
