package io.lockstep.engine.transport.http1;

import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A request as it goes over the wire, encoded once before the run and kept off the heap. Shared by
 * all connections of a shard, so it is only ever copied from.
 */
public final class RequestTemplate implements AutoCloseable {
  private static final Set<String> METHODS_THAT_MEAN_A_BODY = Set.of("POST", "PUT", "PATCH");

  /** What a request says whose connection carries no other (RFC 9112, section 9.6). */
  static final String CLOSE = "Connection: close\r\n";

  private final ByteBuf bytes;
  private final int headBytes;
  private final int[] filePositions;
  private final boolean head;
  private final boolean persistent;

  private RequestTemplate(
      final ByteBuf bytes,
      final int headBytes,
      final RequestPlan request,
      final boolean persistent) {
    this.bytes = bytes;
    this.headBytes = headBytes;
    filePositions = request.filePositions();
    head = request.method().equals("HEAD");
    this.persistent = persistent;
  }

  /**
   * Encodes a request for a target.
   *
   * @param closing whether it tells that its connection carries no other
   * @throws IllegalArgumentException if a part holds a line break or another control character: the
   *     plan should have been refused.
   */
  public static RequestTemplate encode(
      final RequestPlan request, final Target target, final boolean closing) {
    return encode(request, Addressing.direct(target), closing);
  }

  /** The same for one that is named otherwise. */
  public static RequestTemplate encode(
      final RequestPlan request, final Addressing target, final boolean closing) {
    final byte[] body = request.bodyText().getBytes(StandardCharsets.UTF_8);
    final long length = body.length + request.sending().fileBytes();
    final StringBuilder text = new StringBuilder(256);
    text.append(request.method()).append(' ').append(target.prefix()).append(request.path());
    text.append(" HTTP/1.1\r\nHost: ").append(target.authority()).append("\r\n");
    text.append(target.fields());
    checked(request, request.method() + target.prefix() + request.path() + target.authority());
    boolean persistent = !closing;
    if (closing) {
      text.append(CLOSE);
    }
    for (final Header header : request.headers()) {
      checked(request, header.name() + header.value());
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
      persistent &= !asksToClose(header);
    }
    if (length > 0 || METHODS_THAT_MEAN_A_BODY.contains(request.method())) {
      text.append("Content-Length: ").append(length).append("\r\n");
    }
    final byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    final ByteBuf bytes = Unpooled.directBuffer(head.length + body.length);
    bytes.writeBytes(head).writeBytes(body);
    return new RequestTemplate(bytes, head.length, request, persistent);
  }

  /** Length on the wire, head and body, without the files of the body. */
  public int lengthBytes() {
    return bytes.readableBytes();
  }

  /** Length of the head, with the empty line at its end. */
  public int headBytes() {
    return headBytes;
  }

  /** How many bytes of the body's texts come before each of its files; not to be changed. */
  public int[] filePositions() {
    return filePositions;
  }

  /** Copies all bytes to a buffer's start and makes them its content. */
  public void copyTo(final ByteBuf out) {
    out.clear().writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
  }

  /** Whether the response has a head only. */
  public boolean isHead() {
    return head;
  }

  /** Whether the request leaves its connection open. */
  public boolean isPersistent() {
    return persistent;
  }

  @Override
  public void close() {
    bytes.release();
  }

  private static boolean asksToClose(final Header header) {
    return header.name().equalsIgnoreCase("connection")
        && header.value().toLowerCase(Locale.ROOT).contains("close");
  }

  private static void checked(final RequestPlan request, final String part) {
    for (int i = 0; i < part.length(); i++) {
      final char c = part.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new IllegalArgumentException(
            "request " + request.name() + " holds control character " + (int) c);
      }
    }
  }
}
