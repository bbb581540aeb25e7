package io.lockstep.engine.transport.target;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What to answer.
 *
 * @param status 200 to 599
 * @param contentType of the body
 * @param body owned by the answer
 * @param length of the body, also where it is not sent
 * @param delayNs to wait first, on top of the behaviour's latency
 * @param headers beside those of every answer
 */
record Answer(
    int status,
    String contentType,
    ByteBuf body,
    int length,
    long delayNs,
    Map<String, String> headers) {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String JSON = "application/json";
  static final String BYTES = "application/octet-stream";

  static Answer of(final int status, final String contentType, final ByteBuf body) {
    return new Answer(status, contentType, body, body.readableBytes(), 0, Map.of());
  }

  /** A line of text; nothing where the status forbids a body. */
  static Answer text(final int status, final String line) {
    final Answer empty = of(status, TEXT, Unpooled.EMPTY_BUFFER);
    return empty.mayHaveBody() ? of(status, TEXT, utf8(line + "\n")) : empty;
  }

  static ByteBuf utf8(final String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(final CharSequence json) {
    return of(200, JSON, utf8(json.toString()));
  }

  Answer after(final long newDelayNs) {
    return new Answer(status, contentType, body, length, newDelayNs, headers);
  }

  Answer with(final Map<String, String> newHeaders) {
    return new Answer(status, contentType, body, length, delayNs, newHeaders);
  }

  /** RFC 9110, sections 15.3.5 and 15.4.5. */
  boolean mayHaveBody() {
    return status != 204 && status != 304;
  }
}
