package io.lockstep.engine.transport.http2;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a server may not send, by the rule that it breaks; blanks behind a rule tell cases apart.
 */
final class Faults {
  private static final int PRIORITY = 2;
  private static final int SETTINGS = 4;
  private static final int PUSH_PROMISE = 5;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;

  /** What a stream's response may not be; the connection goes on. */
  static final Map<String, Frames> MALFORMED = new TreeMap<>();

  /** What no connection survives. */
  static final Map<String, Frames> BROKEN = new TreeMap<>();

  static {
    head("no :status");
    head("no :status before the fields", "x", "y", ":status", "200");
    head(":status twice", ":status", "200", ":status", "200");
    head("pseudo field after others", ":status", "200", "x", "y", ":path", "/");
    head("pseudo field of a request, or of nothing", ":status", "200", ":path", "/");
    head("status is not three digits", ":status", "2OO");
    head("status is not three digits ", ":status", "20");
    head("status below 100", ":status", "099");
    head("switches protocols unasked", ":status", "101");
    head("field name in upper case", ":status", "200", "X-a", "b");
    head("bad field name", ":status", "200", "x a", "b");
    head("field without a name", ":status", "200", "", "b");
    head("control character in a field", ":status", "200", "x", "a\r\nb: c");
    head("control character in a field ", ":status", "200", "x", "a\0b");
    head("field that begins or ends with a blank", ":status", "200", "x", " b");
    for (final String name :
        new String[] {
          "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"
        }) {
      head("field " + name + " of a connection", ":status", "200", name, "x");
    }
    head("bad Content-Length", ":status", "200", "content-length", "+1");
    head("bad Content-Length ", ":status", "200", "content-length", "");
    head(
        "conflicting Content-Length",
        ":status",
        "200",
        "content-length",
        "1",
        "content-length",
        "2");
    MALFORMED.put(
        "interim response that ends the stream", Frames.begin().headers(1, true, ":status", "100"));
    MALFORMED.put("less data than Content-Length", ok("content-length", "5").data(1, true, "abc"));
    MALFORMED.put(
        "less data than Content-Length ",
        Frames.begin().headers(1, true, ":status", "200", "content-length", "5"));
    MALFORMED.put("more data than Content-Length", ok("content-length", "2").data(1, false, "abc"));
    MALFORMED.put(
        "a body where there can be none",
        Frames.begin().headers(1, false, ":status", "204").data(1, true, "abc"));
    MALFORMED.put("DATA before the head", Frames.begin().data(1, true, "abc"));
    MALFORMED.put(
        "trailers that do not end the response", ok("x", "y").headers(1, false, "t", "u"));
    MALFORMED.put("pseudo field in the trailers", ok("x", "y").headers(1, true, ":status", "200"));
    MALFORMED.put("WINDOW_UPDATE of nothing", Frames.begin().window(1, 0));

    BROKEN.put("the first frame is no SETTINGS", Frames.none().ping());
    BROKEN.put("the first frame is no SETTINGS ", Frames.none().frame(SETTINGS, Frames.ACK, 0));
    BROKEN.put(
        "the target answers in HTTP/1, not in HTTP/2",
        Frames.none().raw("HTTP/1.1 400 Bad Request\r\n\r\n"));
    BROKEN.put("frame of 16385 bytes", Frames.begin().header(16_385, 0, 0, 1));
    BROKEN.put("DATA without a stream", Frames.begin().data(0, true, "x"));
    BROKEN.put("HEADERS without a stream", Frames.begin().headers(0, true, ":status", "200"));
    BROKEN.put("PUSH_PROMISE, though push is off", Frames.begin().frame(PUSH_PROMISE, 4, 1, b(4)));
    BROKEN.put("CONTINUATION of nothing", Frames.begin().frame(CONTINUATION, 4, 1));
    BROKEN.put("another frame within a header block", Frames.begin().frame(1, 0, 1, b(0)).ping());
    BROKEN.put("frame on a stream that nobody opened", Frames.begin().data(3, true, "x"));
    BROKEN.put("frame on a stream that nobody opened ", Frames.begin().data(2, true, "x"));
    BROKEN.put("frame on a stream that nobody opened  ", Frames.begin().reset(7, 0));
    BROKEN.put(
        "response on a stream that has ended",
        Frames.begin().headers(1, true, ":status", "200").data(1, true, "x"));
    BROKEN.put("more padding than DATA", ok("x", "y").frame(0, Frames.PADDED, 1, (byte) 9));
    BROKEN.put(
        "more padding than HEADERS",
        Frames.begin().frame(1, Frames.PADDED | Frames.END_HEADERS, 1, (byte) 9));
    BROKEN.put("padded DATA without a length", Frames.begin().frame(0, Frames.PADDED, 1));
    BROKEN.put("frame of type 1 with 0 bytes", Frames.begin().frame(1, Frames.PADDED, 1));
    BROKEN.put("frame of type 2 with 4 bytes", Frames.begin().frame(PRIORITY, 0, 1, b(4)));
    BROKEN.put("frame of type 3 with 3 bytes", Frames.begin().frame(3, 0, 1, b(3)));
    BROKEN.put("frame of type 4 with 5 bytes", Frames.begin().frame(SETTINGS, 0, 0, b(5)));
    BROKEN.put("frame of type 4 with 6 bytes", Frames.begin().frame(SETTINGS, 1, 0, b(6)));
    BROKEN.put("frame of type 6 with 7 bytes", Frames.begin().frame(PING, 0, 0, b(7)));
    BROKEN.put("frame of type 7 with 7 bytes", Frames.begin().frame(7, 0, 0, b(7)));
    BROKEN.put("frame of type 8 with 5 bytes", Frames.begin().frame(8, 0, 0, b(5)));
    BROKEN.put("PING on a stream", Frames.begin().frame(PING, 0, 1, b(8)));
    BROKEN.put("SETTINGS of a stream", Frames.begin().frame(SETTINGS, 0, 1));
    BROKEN.put("GOAWAY on a stream", Frames.begin().frame(7, 0, 1, b(8)));
    BROKEN.put("WINDOW_UPDATE of nothing", Frames.begin().window(0, 0));
    BROKEN.put("window of the connection too large", Frames.begin().window(0, Integer.MAX_VALUE));
    BROKEN.put(
        "initial window of 2147483648",
        Frames.none().settings(Frame.INITIAL_WINDOW_SIZE, 1L << 31));
    BROKEN.put(
        "window of a stream too large",
        Frames.begin()
            .window(1, Integer.MAX_VALUE - 65_535)
            .settings(Frame.INITIAL_WINDOW_SIZE, 65_536));
    BROKEN.put("frames of at most 16383", Frames.none().settings(Frame.MAX_FRAME_SIZE, 16_383));
    BROKEN.put("a server that wants to be pushed to", Frames.none().settings(Frame.ENABLE_PUSH, 1));
    final Frames many = Frames.begin().frame(1, 0, 1);
    for (int i = 0; i < 70; i++) {
      many.frame(CONTINUATION, 0, 1);
    }
    BROKEN.put("header block in too many frames", many);
    final Frames pings = Frames.begin();
    for (int i = 0; i < Patience.MAX_REPLIES; i++) {
      pings.ping();
    }
    BROKEN.put("replies asked for and not taken", pings);
    final Frames useless = Frames.begin();
    for (int i = 0; i < Patience.MAX_USELESS_FRAMES; i++) {
      useless.frame(PRIORITY, 0, 1, b(5));
    }
    BROKEN.put("thousands of frames that bring nothing", useless);
    final Frames empty = ok("x", "y");
    for (int i = 0; i <= Patience.MAX_USELESS_FRAMES; i++) {
      empty.data(1, false, "");
    }
    BROKEN.put("thousands of frames that bring nothing ", empty);
  }

  private Faults() {}

  private static void head(final String rule, final String... fields) {
    MALFORMED.put(rule, Frames.begin().headers(1, true, fields));
  }

  private static Frames ok(final String... fields) {
    final String[] all = new String[fields.length + 2];
    all[0] = ":status";
    all[1] = "200";
    System.arraycopy(fields, 0, all, 2, fields.length);
    return Frames.begin().headers(1, false, all);
  }

  static byte[] b(final int length) {
    return new byte[length];
  }
}
