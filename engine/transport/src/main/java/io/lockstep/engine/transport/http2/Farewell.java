package io.lockstep.engine.transport.http2;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What a peer says as it takes no more streams (RFC 9113, section 6.8), in words. */
final class Farewell {
  /** Of what it adds for people, which it may make as long as it likes. */
  private static final int MAX_DEBUG_BYTES = 120;

  private Farewell() {}

  /** Why it goes: the code, and the beginning of what it adds. */
  static String text(final long code, final ByteBuf debug) {
    final int length = Math.min(debug.readableBytes(), MAX_DEBUG_BYTES);
    final String said = debug.toString(debug.readerIndex(), length, StandardCharsets.UTF_8);
    return "HTTP/2: GOAWAY with " + ErrorCode.name(code) + (said.isEmpty() ? "" : ": " + said);
  }
}
