package io.lockstep.engine.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Mutates the committed seeds, each a file of bytes as a server might send them. Whatever comes of
 * it: no exception, no endless loop, the same end however the bytes are split, no memory beyond the
 * limits, and what follows a complete response is left for the session to refuse. What it does not
 * check is whether the end is the right one: {@link ResponseParserTest} has the answers.
 *
 * <p>{@code -Dlockstep.fuzz=10000000} runs so many, {@code -Dlockstep.fuzz.seed=N} others.
 */
class ParserFuzzTest {
  private static final long RUNS = Long.getLong("lockstep.fuzz", 20_000);
  private static final long SEED = Long.getLong("lockstep.fuzz.seed", 1);
  private static final int MAX_HEADER_BYTES = 400;
  private static final long MAX_BODY_BYTES = 500;
  private static final int MAX_BYTES = 4096;
  private static final String[] WORDS = {
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "0",
    "0\r\n\r\n",
    "7fffffffffffffff",
    "Content-Length: 3\r\n",
    "Content-Length: 18446744073709551617\r\n",
    "Connection: close\r\n",
    "Transfer-Encoding: chunked\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.0 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 204 x\r\n",
    "\0",
    "\u00ff",
    "\u007f",
    "-1",
    "+1"
  };

  private final ResponseParser whole = new ResponseParser(MAX_HEADER_BYTES, MAX_BODY_BYTES);
  private final ResponseParser pieces = whole.sibling();

  /** What a parser made of some bytes. */
  private record End(
      Progress progress,
      int status,
      long body,
      boolean persistent,
      Violation violation,
      int left) {}

  @Test
  void shouldEndTheSameWhateverIsSentAndHoweverItIsSplit() throws Exception {
    final List<byte[]> seeds = seeds();
    assertTrue(seeds.size() >= 20, "seeds: " + seeds.size());
    final Random random = new Random(SEED);
    final Set<Progress> ends = EnumSet.noneOf(Progress.class);
    for (long run = 0; run < RUNS; run++) {
      final byte[] bytes = mutated(seeds, random);
      final boolean head = random.nextInt(8) == 0;
      final boolean closes = random.nextInt(4) == 0;
      final long at = run;
      final End expected = end(whole, bytes, head, closes, null);
      final End actual = end(pieces, bytes, head, closes, random);
      assertEquals(
          expected, actual, () -> "run " + at + " of seed " + SEED + ": " + Arrays.toString(bytes));
      assertTrue(expected.body() <= MAX_BODY_BYTES + bytes.length, "counted more than came");
      ends.add(expected.progress());
    }
    assertEquals(EnumSet.allOf(Progress.class), ends);
  }

  /** The seeds as they are, so that each is known to be worth mutating. */
  @Test
  void shouldReadEachSeedTheSameAtEverySplitInTwo() throws Exception {
    for (final byte[] seed : seeds()) {
      final End expected = end(whole, seed, false, true, null);
      for (int at = 0; at <= seed.length; at++) {
        pieces.begin(false);
        final ByteBuf first = Unpooled.wrappedBuffer(seed, 0, at);
        final ByteBuf second = Unpooled.wrappedBuffer(seed, at, seed.length - at);
        Progress progress = pieces.parse(first);
        progress = progress == Progress.MORE ? pieces.parse(second) : progress;
        final int left = first.readableBytes() + second.readableBytes();
        assertEquals(expected, conclude(pieces, progress, left, true), "at " + at);
      }
    }
  }

  private static End end(
      final ResponseParser parser,
      final byte[] bytes,
      final boolean head,
      final boolean closes,
      final Random splits) {
    parser.begin(head);
    Progress progress = Progress.MORE;
    int from = 0;
    int left = 0;
    while (from < bytes.length && progress == Progress.MORE) {
      final int most = bytes.length - from;
      final int length = splits == null ? most : Math.min(most, 1 + splits.nextInt(40));
      final ByteBuf in = Unpooled.wrappedBuffer(bytes, from, length);
      progress = parser.parse(in);
      from += length;
      left = in.readableBytes() + bytes.length - from;
    }
    return conclude(parser, progress, left, closes);
  }

  private static End conclude(
      final ResponseParser parser, final Progress before, final int left, final boolean closes) {
    final boolean whole = closes && parser.endOfInput();
    final Progress progress = whole ? Progress.COMPLETE : before;
    final boolean complete = progress == Progress.COMPLETE;
    assertEquals(progress == Progress.VIOLATION, parser.violation() != null);
    return new End(
        progress,
        parser.status(),
        complete ? parser.bodyBytes() : 0,
        parser.isPersistent(),
        parser.violation(),
        complete ? left : 0);
  }

  private static byte[] mutated(final List<byte[]> seeds, final Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int i = random.nextInt(6); i > 0; i--) {
      bytes = mutated(bytes, seeds, random);
    }
    return bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
  }

  private static byte[] mutated(final byte[] bytes, final List<byte[]> seeds, final Random random) {
    final int at = random.nextInt(bytes.length + 1);
    final int to = Math.min(bytes.length, at + random.nextInt(12));
    switch (random.nextInt(7)) {
      case 0:
        return joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at);
      case 1:
        return joined(bytes, at, new byte[0], to);
      case 2:
        return joined(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
      case 3:
        return joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, to);
      case 4:
        final byte[] other = seeds.get(random.nextInt(seeds.size()));
        final int from = random.nextInt(other.length);
        return joined(bytes, at, Arrays.copyOfRange(other, from, other.length), bytes.length);
      default:
        final String word = WORDS[random.nextInt(WORDS.length)];
        return joined(bytes, at, word.getBytes(StandardCharsets.ISO_8859_1), at);
    }
  }

  /** The bytes up to one place, something else, and the bytes from another place on. */
  private static byte[] joined(
      final byte[] bytes, final int end, final byte[] between, final int start) {
    final byte[] out = Arrays.copyOf(bytes, end + between.length + bytes.length - start);
    System.arraycopy(between, 0, out, end, between.length);
    System.arraycopy(bytes, start, out, end + between.length, bytes.length - start);
    return out;
  }

  private static List<byte[]> seeds() throws IOException, URISyntaxException {
    final Path folder = Path.of(ParserFuzzTest.class.getResource("seeds").toURI());
    final List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (final Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }
}
