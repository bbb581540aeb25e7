package io.lockstep.engine.transport.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Mutates what servers might send, seed by seed. Whatever comes of it: no exception, no endless
 * loop, the same ends and the same replies however the bytes are split, each stream ends once, and
 * what is to be sent stays bounded. What it does not check is whether an end is the right one:
 * {@link ClientConnectionTest} has the answers.
 *
 * <p>{@code -Dlockstep.fuzz=10000000} runs so many, {@code -Dlockstep.fuzz.seed=N} others.
 */
class ConnectionFuzzTest {
  private static final long RUNS = Long.getLong("lockstep.fuzz", 20_000);
  private static final long SEED = Long.getLong("lockstep.fuzz.seed", 1);
  private static final int STREAMS = 4;
  private static final int MAX_BYTES = 8_192;
  private static final int MAX_OUTPUT = 256 * 1024;

  /** Does not fit into the first window, so that what the server allows matters. */
  private static final String LARGE = "b".repeat(70_000);

  private static final String SMALL = "b".repeat(100);

  /** To send the large one takes hundreds of times as long as all the rest. */
  private static final int LARGE_EVERY = 256;

  private static List<byte[]> seeds() {
    final List<byte[]> seeds = new ArrayList<>(Corpus.all());
    assertTrue(seeds.size() >= 20, "seeds: " + seeds.size());
    return seeds;
  }

  @Test
  void shouldEndTheSameWhateverIsSentAndHoweverItIsSplit() {
    final List<byte[]> seeds = seeds();
    final Random random = new Random(SEED);
    final Set<StreamEnd> ends = EnumSet.noneOf(StreamEnd.class);
    for (long run = 0; run < RUNS; run++) {
      final byte[] bytes = mutated(seeds, random);
      final long at = run;
      final String body = run % LARGE_EVERY == 0 ? LARGE : SMALL;
      final String expected = result(bytes, body, null, ends);
      final String actual = result(bytes, body, random, ends);
      assertEquals(
          expected, actual, () -> "run " + at + " of seed " + SEED + ": " + Arrays.toString(bytes));
    }
    assertEquals(EnumSet.allOf(StreamEnd.class), ends);
  }

  @Test
  void shouldReadEachSeedTheSameAtEverySplitInTwo() {
    for (final byte[] seed : seeds()) {
      final String expected = result(seed, LARGE, null, EnumSet.noneOf(StreamEnd.class));
      for (int at = 0; at <= Math.min(seed.length, 400); at++) {
        try (Client client = opened(LARGE)) {
          client.connection.receive(Unpooled.wrappedBuffer(seed, 0, at));
          client.connection.receive(Unpooled.wrappedBuffer(seed, at, seed.length - at));
          assertEquals(expected, summary(client), "at " + at);
        }
      }
    }
  }

  private static Client opened(final String body) {
    final Client client = new Client();
    client.get();
    client.open("HEAD", "/", "");
    client.open("POST", "/", body);
    client.connection.cancel(client.get());
    return client;
  }

  private static String result(
      final byte[] bytes, final String body, final Random splits, final Set<StreamEnd> ends) {
    try (Client client = opened(body)) {
      int from = 0;
      while (from < bytes.length) {
        final int length =
            splits == null ? bytes.length : Math.min(bytes.length - from, 1 + splits.nextInt(20));
        client.connection.receive(Unpooled.wrappedBuffer(bytes, from, length));
        from += length;
      }
      assertTrue(client.connection.outputBytes() < MAX_OUTPUT, "unbounded output");
      client.streams.stream().filter(s -> s.end != null).forEach(s -> ends.add(s.end));
      return summary(client);
    }
  }

  private static String summary(final Client client) {
    assertEquals(STREAMS, client.streams.size());
    final StringBuilder all = new StringBuilder();
    client.streams.forEach(stream -> all.append(stream.summary()).append('\n'));
    all.append(client.connection.isBroken()).append(client.connection.hasRoom());
    final byte[] sent = client.take();
    return all.append(sent.length).append(' ').append(Arrays.hashCode(sent)).toString();
  }

  private static byte[] mutated(final List<byte[]> seeds, final Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int times = random.nextInt(5); times >= 0; times--) {
      bytes = once(bytes, seeds, random);
    }
    return bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
  }

  private static byte[] once(final byte[] bytes, final List<byte[]> seeds, final Random random) {
    final int at = random.nextInt(bytes.length + 1);
    switch (random.nextInt(7)) {
      case 0: // a bit
        if (at < bytes.length) {
          bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      case 1: // a byte
        if (at < bytes.length) {
          bytes[at] = (byte) random.nextInt(256);
        }
        return bytes;
      case 2: // an end
        return Arrays.copyOf(bytes, at);
      case 3: // a hole
        return joined(bytes, at, bytes, Math.min(bytes.length, at + 1 + random.nextInt(16)));
      case 4: // a part of another behind it
        final byte[] other = seeds.get(random.nextInt(seeds.size()));
        return joined(bytes, bytes.length, other, random.nextInt(other.length + 1));
      case 5: // a frame's worth of a small number
        if (at < bytes.length) {
          bytes[at] = (byte) random.nextInt(12);
        }
        return bytes;
      default: // a part of it twice
        return joined(bytes, at, bytes, random.nextInt(at + 1));
    }
  }

  private static byte[] joined(
      final byte[] first, final int end, final byte[] second, final int from) {
    final byte[] joined = Arrays.copyOf(first, end + second.length - from);
    System.arraycopy(second, from, joined, end, second.length - from);
    return joined;
  }
}
