package io.lockstep.engine.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.http1.SampleResponses.Sample;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseParserTest {
  private static final String[] FRAGMENTS = {
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.0 204 \r\n",
    "HTTP/1.1 100 Continue\r\n",
    "Content-Length: 3\r\n",
    "Content-Length: 101\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n",
    "\r\n",
    "\n",
    "\r",
    "abc",
    "3\r\n",
    "0\r\n",
    "a;x=y\r\n",
    " ",
    ":",
    "X: y\r\n",
    "\0",
    "\u00ff",
    "x".repeat(200)
  };

  static Stream<Sample> samples() {
    return Stream.concat(SampleResponses.VALID.stream(), SampleResponses.INVALID.stream());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadSampleAsOnePiece(final Sample sample) {
    final ResponseParser parser = parser(sample.head());
    final ByteBuf in = Unpooled.wrappedBuffer(sample.bytes());
    parser.parse(in);
    check(sample, parser, in.readableBytes(), "one piece");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadSampleTheSameAtEverySplitInThree(final Sample sample) {
    final byte[] bytes = sample.bytes();
    final int step = bytes.length > 1000 ? 97 : 1;
    for (int i = 0; i <= bytes.length; i++) {
      for (int j = i; j <= bytes.length; j += step) {
        final ResponseParser parser = parser(sample.head());
        final int left = feed(parser, bytes, List.of(i, j, bytes.length));
        check(sample, parser, left, "split at " + i + " and " + j);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldReadSampleTheSameByteByByte(final Sample sample) {
    final byte[] bytes = sample.bytes();
    final List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= bytes.length; i++) {
      ends.add(i);
    }
    final ResponseParser parser = parser(sample.head());
    check(sample, parser, feed(parser, bytes, ends), "byte by byte");
  }

  @Test
  void shouldReadResponsesOneAfterAnother() {
    final ResponseParser parser = parser(false);
    for (int round = 0; round < 3; round++) {
      for (final Sample sample : SampleResponses.VALID) {
        parser.begin(sample.head());
        final int left = feed(parser, sample.bytes(), List.of(7, sample.bytes().length));
        check(sample, parser, left, "after others");
      }
    }
  }

  @Test
  void shouldRefuseChunkExtensionsThatAddUpToMoreThanTheirBodyIsWorth() {
    final String chunk = "1;" + "x".repeat(4000) + "\r\nz\r\n";
    final byte[] bytes =
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(18))
            .getBytes(StandardCharsets.ISO_8859_1);
    for (final int size : new int[] {1, 100, bytes.length}) {
      final ResponseParser parser = parser(false);
      feed(
          parser,
          bytes,
          IntStream.rangeClosed(0, bytes.length / size).map(i -> i * size).boxed().toList());
      assertEquals(Violation.LONG_EXTENSIONS, parser.violation());
      assertEquals(16, parser.bodyBytes());
    }
  }

  @Test
  void shouldRefuseBytesThatNoRequestAskedFor() {
    final ResponseParser parser = new ResponseParser(1000, 1000);
    assertEquals(Progress.VIOLATION, parser.parse(Unpooled.wrappedBuffer(new byte[] {'H'})));
    assertEquals(Violation.UNASKED, parser.violation());
  }

  @Property(tries = 5000)
  void fuzzedBytesNeverThrowAndEndTheSameWhateverTheSplit(
      @ForAll("fuzz") final byte[] bytes, @ForAll("cuts") final List<Integer> cuts) {
    final ResponseParser whole = parser(false);
    final int leftOfWhole = feed(whole, bytes, List.of(bytes.length));
    final ResponseParser pieces = parser(false);
    final List<Integer> ends = new ArrayList<>(cuts);
    ends.add(bytes.length);
    final int leftOfPieces = feed(pieces, bytes, ends.stream().sorted().toList());
    assertEquals(whole.violation(), pieces.violation());
    assertEquals(whole.part(), pieces.part());
    assertEquals(whole.endOfInput(), pieces.endOfInput());
    assertEquals(whole.status(), pieces.status());
    assertEquals(whole.isPersistent(), pieces.isPersistent());
    if (whole.endOfInput()) {
      assertEquals(leftOfWhole, leftOfPieces);
      assertEquals(whole.bodyBytes(), pieces.bodyBytes());
    }
  }

  @Provide
  Arbitrary<byte[]> fuzz() {
    final Arbitrary<String> noise =
        Arbitraries.strings().withCharRange('\0', '\u00ff').ofMinLength(0).ofMaxLength(12);
    final Arbitrary<String> pieces = Arbitraries.of(FRAGMENTS);
    final Arbitrary<String> mixed =
        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(8, pieces), net.jqwik.api.Tuple.of(1, noise))
            .list()
            .ofMaxSize(14)
            .map(list -> String.join("", list));
    return Combinators.combine(Arbitraries.of("", "HTTP/1.1 200 OK\r\n"), mixed)
        .as((start, rest) -> (start + rest).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 400).list().ofMaxSize(20);
  }

  private static ResponseParser parser(final boolean head) {
    final ResponseParser parser =
        new ResponseParser(SampleResponses.MAX_HEADER_BYTES, SampleResponses.MAX_BODY_BYTES);
    parser.begin(head);
    return parser;
  }

  /** Feeds pieces that end at these offsets; returns how many bytes the parser left. */
  private static int feed(
      final ResponseParser parser, final byte[] bytes, final List<Integer> ends) {
    int from = 0;
    for (final int end : ends) {
      final int to = Math.min(end, bytes.length);
      final ByteBuf piece = Unpooled.wrappedBuffer(bytes, from, Math.max(0, to - from));
      final Progress progress = parser.parse(piece);
      if (progress != Progress.MORE) {
        return piece.readableBytes() + bytes.length - Math.max(from, to);
      }
      assertEquals(0, piece.readableBytes(), "unread though more is wanted");
      from = Math.max(from, to);
    }
    return 0;
  }

  private static void check(
      final Sample sample, final ResponseParser parser, final int left, final String how) {
    final Progress before = parser.parse(Unpooled.EMPTY_BUFFER);
    final Progress progress = sample.closes() && parser.endOfInput() ? Progress.COMPLETE : before;
    assertEquals(sample.expected(), progress, () -> how + ": " + parser.violation());
    assertEquals(sample.status(), parser.status(), how);
    assertEquals(sample.persistent(), parser.isPersistent(), how);
    if (progress == Progress.COMPLETE) {
      assertEquals(sample.bodyBytes(), parser.bodyBytes(), how);
      assertEquals(sample.left(), left, how);
    }
    if (progress == Progress.VIOLATION) {
      assertNotNull(parser.violation());
      assertTrue(parser.parse(Unpooled.wrappedBuffer(new byte[10])) == Progress.VIOLATION);
    } else {
      assertNull(parser.violation(), how);
    }
  }
}
