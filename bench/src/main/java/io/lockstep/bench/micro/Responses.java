package io.lockstep.bench.micro;

import io.lockstep.engine.transport.http1.Progress;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The response parser on whole responses in a direct buffer, as the network leaves them. */
@State(Scope.Thread)
public class Responses {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nServer: nginx/1.26.0\r\nDate: Fri, 20 Nov 2026 12:00:00 GMT\r\n"
          + "Content-Type: text/plain\r\nConnection: keep-alive\r\n";

  private final ResponseParser parser = new ResponseParser(16_384, 1 << 20);
  private final ByteBuf fixed = direct(HEAD + "Content-Length: 128\r\n\r\n" + "x".repeat(128));
  private final ByteBuf chunked =
      direct(
          HEAD
              + "Transfer-Encoding: chunked\r\n\r\n"
              + ("40\r\n" + "x".repeat(64) + "\r\n").repeat(2)
              + "0\r\n\r\n");

  @Benchmark
  public long contentLength() {
    return parse(fixed);
  }

  @Benchmark
  public long chunked() {
    return parse(chunked);
  }

  /** Gives the buffers back. */
  @TearDown
  public void release() {
    fixed.release();
    chunked.release();
  }

  private long parse(final ByteBuf response) {
    response.readerIndex(0);
    parser.begin(false);
    if (parser.parse(response) != Progress.COMPLETE || parser.bodyBytes() != 128) {
      throw new IllegalStateException("not parsed: " + parser.violation());
    }
    return parser.bodyBytes();
  }

  private static ByteBuf direct(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }
}
