package io.lockstep.engine.transport.http2;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestCursor;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Makes the fields of requests to a target as HTTP/2 wants them (RFC 9113, section 8): the target
 * in pseudo fields, names in lower case, nothing that is about a connection of HTTP/1.1, one field
 * for each cookie. Single-threaded.
 */
public final class RequestFields {
  private static final Set<AsciiString> METHODS_THAT_MEAN_A_BODY =
      Set.of(AsciiString.cached("POST"), AsciiString.cached("PUT"), AsciiString.cached("PATCH"));
  private static final AsciiString HEAD = AsciiString.cached("HEAD");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString COOKIE = AsciiString.cached("cookie");
  private static final AsciiString TE = AsciiString.cached("te");
  private static final AsciiString TRAILERS = AsciiString.cached("trailers");
  private static final Set<AsciiString> LEFT_OUT =
      Set.of(
          AsciiString.cached("connection"),
          AsciiString.cached("host"),
          AsciiString.cached("keep-alive"),
          AsciiString.cached("proxy-connection"),
          AsciiString.cached("transfer-encoding"),
          AsciiString.cached("upgrade"));

  private final AsciiString scheme;
  private final AsciiString authority;
  private final AsciiString basePath;
  private final RequestCursor cursor = new RequestCursor();
  private final List<AsciiString> fields = new ArrayList<>();

  /** Makes them for a target. */
  public RequestFields(final Target target) {
    scheme = AsciiString.cached(target.secure() ? "https" : "http");
    authority = bytes(target.authority());
    basePath = bytes(target.basePath());
  }

  /** A request of the plan; its body is a copy. */
  public RequestHead of(final RequestPlan request) {
    final byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    fields.clear();
    for (final Header header : request.headers()) {
      add(bytes(header.name()).toLowerCase(), bytes(header.value()));
    }
    return head(
        bytes(request.method()),
        bytes(request.path()),
        Unpooled.wrappedBuffer(body),
        0,
        body.length);
  }

  /**
   * A rendered request, which must be valid.
   *
   * @param bytes holds its bytes, from the first on; the body stays there
   */
  public RequestHead of(final RenderedRequest request, final byte[] bytes) {
    fields.clear();
    cursor.wrap(request);
    cursor.nextText();
    final AsciiString method = text();
    cursor.nextText();
    final AsciiString path = text();
    final int headers = cursor.count();
    for (int i = 0; i < headers; i++) {
      cursor.nextText();
      final AsciiString name = text().toLowerCase();
      cursor.nextText();
      add(name, text());
    }
    final int length = cursor.nextText();
    return head(
        method,
        path,
        length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes),
        cursor.textOffset(),
        length);
  }

  private RequestHead head(
      final AsciiString method,
      final AsciiString path,
      final ByteBuf body,
      final int bodyIndex,
      final int bodyLength) {
    if (bodyLength > 0 || METHODS_THAT_MEAN_A_BODY.contains(method)) {
      fields.add(CONTENT_LENGTH);
      fields.add(AsciiString.of(Integer.toString(bodyLength)));
    }
    return new RequestHead(
        ReadOnlyHttp2Headers.clientHeaders(
            false,
            method,
            basePath.isEmpty() ? path : basePath.concat(path),
            scheme,
            authority,
            fields.toArray(AsciiString[]::new)),
        HEAD.equals(method),
        body,
        bodyIndex,
        bodyLength);
  }

  private void add(final AsciiString name, final AsciiString value) {
    if (LEFT_OUT.contains(name) || (TE.equals(name) && !TRAILERS.contentEqualsIgnoreCase(value))) {
      return;
    }
    if (COOKIE.equals(name)) {
      addCookies(value);
      return;
    }
    fields.add(name);
    fields.add(value);
  }

  /** One field for each, so that those that stay the same are compressed (RFC 9113, 8.2.3). */
  private void addCookies(final AsciiString value) {
    int from = 0;
    while (from < value.length()) {
      final int semicolon = value.indexOf("; ", from);
      final int to = semicolon < 0 ? value.length() : semicolon;
      fields.add(COOKIE);
      fields.add(value.subSequence(from, to));
      from = semicolon < 0 ? to : to + 2;
    }
  }

  private AsciiString text() {
    final DirectBuffer buffer = cursor.buffer();
    final byte[] copy = new byte[cursor.textLength()];
    buffer.getBytes(cursor.textOffset(), copy);
    return new AsciiString(copy, false);
  }

  private static AsciiString bytes(final String text) {
    return new AsciiString(text.getBytes(StandardCharsets.UTF_8), false);
  }
}
