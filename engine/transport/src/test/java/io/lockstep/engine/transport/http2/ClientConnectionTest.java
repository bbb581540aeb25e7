package io.lockstep.engine.transport.http2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.Header;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connection makes of what a server sends, be it right, wrong or meant to hurt. */
class ClientConnectionTest {
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;

  @Test
  void shouldHandOnAWholeResponseWithInterimOnesAndTrailers() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      client.receive(
          Frames.begin()
              .headers(1, false, ":status", "103", "link", "x")
              .headers(1, false, ":status", "200", "content-length", "5", "x-a", "b c")
              .data(1, false, "he")
              .frame(0, Frames.PADDED, 1, (byte) 2, (byte) 'l', (byte) 0, (byte) 0)
              .data(1, false, "lo")
              .headers(1, true, "x-trailer", "t"));
      assertEquals(StreamEnd.COMPLETE, stream.end);
      assertNull(stream.reason);
      assertEquals(200, stream.status());
      assertEquals("103\nlink: x\n200\ncontent-length: 5\nx-a: b c\n", stream.head.toString());
      assertEquals("hello", stream.text.toString());
      assertEquals(1, stream.begun);
      assertEquals(0, client.connection.streams());
      assertFalse(client.connection.isBroken());
    }
  }

  @Test
  void shouldSayTheSameOfItsRequestsAsTheStandardWants() {
    try (Client client = new Client()) {
      client.take();
      client.open(
          "POST",
          "/p?q",
          "body",
          new Header("X-Name", "v"),
          new Header("Connection", "close"),
          new Header("TE", "gzip"),
          new Header("Cookie", "a=1; b=2"));
      final Decoded decoded = Decoded.of(client.take());
      assertEquals(
          ":method: POST, :path: /p?q, :scheme: http, :authority: h.test, x-name: v, cookie: a=1,"
              + " cookie: b=2, content-length: 4",
          decoded.fields());
      assertEquals("1:4 0:1", decoded.frames());
    }
  }

  @Test
  void shouldSendNoMoreDataThanTheWindowsLetThrough() {
    try (Client client = new Client()) {
      client.receive(Frames.none().settings(Frame.INITIAL_WINDOW_SIZE, 10));
      client.take();
      final Client.Stream stream = client.open("POST", "/", "x".repeat(100_000));
      assertEquals(10, dataBytes(client.take()));
      client.receive(Frames.none().window(1, 5));
      assertEquals(5, dataBytes(client.take()));
      client.receive(Frames.none().settings(Frame.INITIAL_WINDOW_SIZE, 0));
      client.receive(Frames.none().window(1, 9));
      assertEquals(0, dataBytes(client.take()));
      client.receive(Frames.none().window(1, 2));
      assertEquals(1, dataBytes(client.take()));
      client.receive(Frames.none().window(1, 200_000));
      assertEquals(65_535 - 16, dataBytes(client.take()));
      assertFalse(stream.isOut());
      client.receive(Frames.none().window(0, 100_000));
      assertEquals(100_000 - 65_535, dataBytes(client.take()));
      assertTrue(stream.isOut());
      assertTrue(stream.bytesSent() > 100_000 + 9 * 7);
    }
  }

  @Test
  void shouldShareTheConnectionsWindowInTurn() {
    try (Client client = new Client()) {
      client.receive(Frames.none().settings(Frame.INITIAL_WINDOW_SIZE, 1 << 20));
      final Client.Stream first = client.open("POST", "/", "x".repeat(100_000));
      final Client.Stream second = client.open("POST", "/", "x".repeat(100_000));
      client.take();
      client.receive(Frames.none().window(0, 100_000));
      client.take();
      assertTrue(Math.abs(first.bytesSent() - second.bytesSent()) < 70_000);
      client.receive(Frames.none().window(0, 100_000));
      client.take();
      assertTrue(first.isOut() && second.isOut());
    }
  }

  @Test
  void shouldObeyALowerLimitOfStreamsAndAHigherOne() {
    try (Client client = new Client(10)) {
      client.receive(Frames.none().settings(Frame.MAX_CONCURRENT_STREAMS, 2));
      client.get();
      client.get();
      assertFalse(client.connection.hasRoom());
      client.receive(Frames.none().settings(Frame.MAX_CONCURRENT_STREAMS, 0));
      client.receive(Frames.none().headers(1, true, ":status", "204"));
      assertFalse(client.connection.hasRoom());
      client.receive(Frames.none().settings(Frame.MAX_CONCURRENT_STREAMS, 1_000));
      for (int i = 0; i < 9; i++) {
        client.get();
      }
      assertFalse(client.connection.hasRoom());
    }
  }

  @Test
  void shouldNotLetATableGrowThatThePeerForbids() {
    try (Client client = new Client()) {
      client.receive(Frames.none().settings(Frame.HEADER_TABLE_SIZE, 0));
      client.take();
      client.get();
      final int first = client.take().length;
      client.get();
      assertTrue(Math.abs(client.take().length - first) <= 1);
      client.receive(
          Frames.none().settings(Frame.HEADER_TABLE_SIZE, 0, Frame.HEADER_TABLE_SIZE, 1L << 31));
      client.take();
      client.get();
      client.take();
      client.get();
      assertTrue(client.take().length < first);
    }
  }

  @Test
  void shouldTellWhichStreamsWereNotProcessedWhenThePeerGoesAway() {
    try (Client client = new Client()) {
      final Client.Stream done = client.get();
      final Client.Stream undone = client.get();
      client.receive(Frames.begin().goAway(1, 0, "bye"));
      assertEquals(StreamEnd.UNPROCESSED, undone.end);
      assertEquals("HTTP/2: GOAWAY with NO_ERROR: bye", undone.reason);
      assertNull(done.end);
      assertFalse(client.connection.hasRoom());
      client.receive(Frames.none().headers(1, true, ":status", "200"));
      assertEquals(StreamEnd.COMPLETE, done.end);
      assertEquals("HTTP/2: GOAWAY with NO_ERROR: bye", client.connection.farewell());
    }
  }

  @Test
  void shouldTellARefusedStreamFromAResetOne() {
    try (Client client = new Client()) {
      final Client.Stream refused = client.get();
      final Client.Stream reset = client.get();
      client.receive(Frames.begin().reset(1, 7).reset(3, 2));
      assertEquals(StreamEnd.UNPROCESSED, refused.end);
      assertEquals(StreamEnd.RESET, reset.end);
      assertEquals("HTTP/2: RST_STREAM with INTERNAL_ERROR", reset.reason);
      assertTrue(client.connection.hasRoom());
    }
  }

  @Test
  void shouldTakeAnAnswerThatComesBeforeAllOfTheRequestIsOut() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.open("POST", "/", "x".repeat(100_000));
      client.take();
      client.receive(Frames.begin().headers(1, true, ":status", "413"));
      assertEquals(StreamEnd.COMPLETE, stream.end);
      assertEquals("4:1 3:0", Decoded.of(client.take()).frames());
      client.receive(Frames.none().window(1, 10).window(0, 10).reset(1, 0));
      assertFalse(client.connection.isBroken());
    }
  }

  @Test
  void shouldForgetWhatIsStillOnItsWayToAStreamGivenUp() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      client.connection.cancel(stream);
      client.receive(
          Frames.begin()
              .headers(1, false, ":status", "200", "x", "y")
              .data(1, false, "abc")
              .headers(1, true, "t", "u"));
      assertNull(stream.end);
      assertFalse(client.connection.isBroken());
      assertEquals(0, client.connection.streams());
    }
  }

  @Test
  void shouldBoundWhatWaitsForAPeerThatDoesNotRead() {
    try (Client client = new Client()) {
      client.take();
      final String path = "/" + "x".repeat(1_000);
      int opened = 0;
      while (client.connection.hasRoom()) {
        assertTrue(++opened < 10_000);
        client.connection.cancel(client.open("GET", path + opened, ""));
      }
      assertTrue(client.connection.outputBytes() < ClientConnection.MAX_WAITING_BYTES + 2_000);
      assertTrue(client.connection.takesMore());
      client.take();
      assertTrue(client.connection.hasRoom());
    }
  }

  @Test
  void shouldTakeLateAnswersToMoreStreamsThanItKnows() {
    try (Client client = new Client()) {
      final int givenUp = 3_000;
      for (int i = 0; i < givenUp; i++) {
        client.connection.cancel(client.get());
        client.take();
      }
      final Client.Stream open = client.get();
      for (int i = 0; i < givenUp; i++) {
        client.receive(
            (i == 0 ? Frames.begin() : Frames.none()).headers((2 * i) + 1, true, ":status", "200"));
      }
      assertFalse(client.connection.isBroken());
      client.receive(Frames.none().headers((2 * givenUp) + 1, true, ":status", "200"));
      assertEquals(StreamEnd.COMPLETE, open.end);
      client.receive(Frames.none().headers((2 * givenUp) + 1, true, ":status", "200"));
      assertTrue(client.connection.isBroken());
    }
  }

  @Test
  void shouldPutUpWithPingsForeverWhereTheyAreFew() {
    try (Client client = new Client()) {
      client.receive(Frames.begin());
      for (int i = 0; i < 2 * Patience.MAX_USELESS_FRAMES; i++) {
        if (i % 1_000 == 0) {
          client.connection.onInterval();
        }
        client.receive(Frames.none().ping());
        client.take();
      }
      assertFalse(client.connection.isBroken());
    }
  }

  @Test
  void shouldAnswerPingsAndSettings() {
    try (Client client = new Client()) {
      client.take();
      client.receive(Frames.begin().frame(PING, 0, 0, Frames.numbers(1, 2)));
      assertArrayEquals(
          Frames.none()
              .frame(SETTINGS, Frames.ACK, 0)
              .frame(PING, Frames.ACK, 0, Frames.numbers(1, 2))
              .bytes(),
          client.take());
    }
  }

  @Test
  void shouldGiveWindowsBackAsDataComes() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      client.connection.cancel(stream);
      client.receive(Frames.begin());
      client.take();
      final byte[] frame = Frames.none().data(1, false, "x".repeat(16_384)).bytes();
      final int frames = ClientConnection.CONNECTION_WINDOW / 2 / 16_384;
      for (int i = 0; i < frames; i++) {
        client.connection.receive(Unpooled.wrappedBuffer(frame));
      }
      assertArrayEquals(
          Frames.none().window(0, ClientConnection.CONNECTION_WINDOW / 2).bytes(), client.take());
    }
  }

  static Stream<String> malformed() {
    return Faults.MALFORMED.keySet().stream();
  }

  static Stream<String> broken() {
    return Faults.BROKEN.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void shouldFailTheOneStreamWhoseResponseIsMalformed(final String rule) {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      final Client.Stream other = client.get();
      client.take();
      client.receive(Faults.MALFORMED.get(rule));
      assertEquals(StreamEnd.VIOLATION, stream.end);
      assertEquals("HTTP/2: " + rule.stripTrailing(), stream.reason);
      assertTrue(Decoded.of(client.take()).frames().endsWith("3:0"), "no RST_STREAM");
      assertFalse(client.connection.isBroken());
      client.receive(Frames.none().headers(3, true, ":status", "200"));
      assertEquals(StreamEnd.COMPLETE, other.end);
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void shouldEndAllStreamsOfAConnectionThatBreaksTheRules(final String rule) {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      client.take();
      client.receive(Faults.BROKEN.get(rule));
      assertTrue(client.connection.isBroken());
      if (stream.end != StreamEnd.COMPLETE) {
        assertEquals(StreamEnd.VIOLATION, stream.end);
        assertEquals("HTTP/2: " + rule.stripTrailing(), stream.reason);
      }
      assertTrue(Decoded.of(client.take()).frames().endsWith("7:0"), "no GOAWAY");
      client.receive(Frames.none().ping().ping());
      assertEquals(0, client.connection.outputBytes());
      assertFalse(client.connection.hasRoom());
    }
  }

  @Test
  void shouldRefuseHeadsBeyondTheLimitHoweverTheyCome() {
    final String large = "v".repeat(Client.MAX_HEADER_BYTES);
    try (Client client = new Client()) {
      final Client.Stream amplified = client.get();
      final Client.Stream inAll = client.get();
      final Frames bomb = Frames.begin();
      // One field of 1,000 bytes goes into the table, then into the head again and again.
      final byte[] indexed = Frames.block("x", "v".repeat(1_000));
      indexed[0] = 0x40;
      final byte[] again = new byte[500];
      Arrays.fill(again, (byte) (0x80 | 62));
      bomb.frame(1, Frames.END_HEADERS, 1, Frames.none().raw(indexed).raw(again).bytes());
      client.receive(bomb);
      assertEquals(StreamEnd.HEADER_TOO_LARGE, amplified.end);
      for (int i = 0; i < 20 && inAll.end == null; i++) {
        client.receive(Frames.none().headers(3, false, ":status", "103", "x", "y".repeat(99)));
      }
      assertEquals(StreamEnd.HEADER_TOO_LARGE, inAll.end);
      assertFalse(client.connection.isBroken());
      final Client.Stream tooLarge = client.get();
      client.receive(Frames.none().headers(5, true, ":status", "200", "x", large));
      assertEquals(StreamEnd.HEADER_TOO_LARGE, tooLarge.end);
      assertTrue(client.connection.isBroken());
    }
  }

  @Test
  void shouldEndAFloodOfContinuationsOnceTheyAreMoreThanAnyHeadMayBe() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      final Client.Stream other = client.get();
      client.receive(Frames.begin().frame(1, 0, 1, Faults.b(1_000)));
      client.receive(Frames.none().frame(CONTINUATION, 0, 1, Faults.b(1_000)));
      assertNull(stream.end);
      client.receive(Frames.none().frame(CONTINUATION, 0, 1, Faults.b(1)));
      assertEquals(StreamEnd.HEADER_TOO_LARGE, stream.end);
      assertEquals(StreamEnd.VIOLATION, other.end);
    }
  }

  @Test
  void shouldRefuseBodiesBeyondTheLimit() {
    try (Client client = new Client()) {
      final Client.Stream said = client.get();
      final Client.Stream come = client.get();
      client.receive(
          Frames.begin()
              .headers(1, false, ":status", "200", "content-length", "5001")
              .headers(3, false, ":status", "200")
              .data(3, false, "x".repeat(5_000))
              .data(3, false, "x"));
      assertEquals(StreamEnd.BODY_TOO_LARGE, said.end);
      assertEquals(StreamEnd.BODY_TOO_LARGE, come.end);
      assertFalse(client.connection.isBroken());
    }
  }

  @Test
  void shouldTakeTheHeadOfAResponseToHeadAlone() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.open("HEAD", "/", "");
      client.receive(
          Frames.begin().headers(1, true, ":status", "200", "content-length", "99999999"));
      assertEquals(StreamEnd.COMPLETE, stream.end);
    }
  }

  @Test
  void shouldRefuseCompressionThatCannotBe() {
    try (Client client = new Client()) {
      final Client.Stream stream = client.get();
      client.receive(Frames.begin().frame(1, 5, 1, (byte) 0x80));
      assertEquals(StreamEnd.VIOLATION, stream.end);
      assertTrue(client.connection.isBroken());
    }
  }

  @Test
  void shouldSplitRequestsWhoseHeadIsLargerThanAFrame() {
    try (Client client = new Client()) {
      client.take();
      client.open("GET", "/", "", new Header("x", "\u0001v".repeat(20_000)));
      final Decoded decoded = Decoded.of(client.take());
      assertEquals("1:1 9:0 9:4", decoded.frames());
      assertTrue(decoded.fields().endsWith("\u0001v"));
    }
  }

  private static int dataBytes(final byte[] frames) {
    return Decoded.of(frames).dataBytes();
  }
}
