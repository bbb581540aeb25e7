package io.lockstep.engine.transport.http2;

import java.util.List;

/**
 * What a server might send to a client with streams 1, 3 (HEAD), 5 (a large POST) and 7, given up.
 */
final class Corpus {
  private Corpus() {}

  static List<byte[]> all() {
    final byte[] table = Frames.block("x-kept", "value");
    table[0] = 0x40;
    return List.of(
        Frames.begin().bytes(),
        Frames.begin().headers(1, true, ":status", "204").bytes(),
        Frames.begin().headers(1, false, ":status", "200").data(1, true, "body").bytes(),
        Frames.begin()
            .headers(1, false, ":status", "200", "content-length", "4", "server", "s")
            .data(1, false, "bo")
            .data(1, true, "dy")
            .bytes(),
        Frames.begin()
            .headers(1, false, ":status", "100")
            .headers(1, false, ":status", "200")
            .data(1, false, "x")
            .headers(1, true, "trailer", "t")
            .bytes(),
        Frames.begin().headers(3, true, ":status", "200", "content-length", "77").bytes(),
        Frames.begin().headers(5, true, ":status", "413").window(5, 99).bytes(),
        Frames.begin().window(5, 100_000).window(0, 100_000).bytes(),
        Frames.begin().headers(7, false, ":status", "200").data(7, true, "late").bytes(),
        Frames.begin().reset(1, 8).reset(5, 7).bytes(),
        Frames.begin().goAway(3, 0, "").headers(1, true, ":status", "200").bytes(),
        Frames.begin().goAway(0, 11, "calm down").bytes(),
        Frames.begin().ping().settings(Frame.INITIAL_WINDOW_SIZE, 100).bytes(),
        Frames.none()
            .settings(
                Frame.HEADER_TABLE_SIZE,
                100,
                Frame.MAX_CONCURRENT_STREAMS,
                1,
                Frame.MAX_FRAME_SIZE,
                20_000,
                99,
                1)
            .frame(4, Frames.ACK, 0)
            .bytes(),
        Frames.begin()
            .frame(1, 0, 1, Frames.block(":status", "200"))
            .frame(9, 0, 1, Frames.block("a", "b"))
            .frame(9, Frames.END_HEADERS, 1, Frames.block("c", "d"))
            .data(1, true, "")
            .bytes(),
        Frames.begin()
            .frame(1, Frames.END_HEADERS, 1, new byte[] {(byte) 0x88})
            .frame(1, Frames.END_HEADERS | Frames.END_STREAM, 1, table)
            .frame(1, 5, 3, new byte[] {(byte) 0x88, (byte) 0xBE})
            .bytes(),
        Frames.begin()
            .headers(1, false, ":status", "200")
            .frame(0, Frames.PADDED | Frames.END_STREAM, 1, new byte[] {2, 'x', 0, 0})
            .bytes(),
        Frames.begin().headers(1, false, ":status", "200", "x", "y".repeat(1_950)).bytes(),
        Frames.begin().headers(1, false, ":status", "200", "content-length", "6000").bytes(),
        Frames.begin().headers(1, false, ":status", "200").data(1, true, "z".repeat(5_001)).bytes(),
        Frames.begin().frame(2, 0, 1, new byte[5]).frame(77, 3, 1, new byte[30]).ping().bytes(),
        Frames.none().raw("HTTP/1.1 505 HTTP Version Not Supported\r\n\r\n").bytes());
  }
}
