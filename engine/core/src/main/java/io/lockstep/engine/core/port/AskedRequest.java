package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** The parts of a {@link RenderedRequest}, copied out of it. Reused by its owner. */
public final class AskedRequest {
  private final RequestCursor cursor = new RequestCursor();
  private final List<Header> headers = new ArrayList<>();
  private String method = "";
  private String path = "";
  private byte[] body = new byte[0];
  private boolean readsBody;

  /** Shows a request. */
  public AskedRequest of(final RenderedRequest request) {
    cursor.wrap(request);
    method = text();
    path = text();
    headers.clear();
    final int count = cursor.count();
    for (int i = 0; i < count; i++) {
      final String name = text();
      headers.add(new Header(name, text()));
    }
    body = bytes();
    return this;
  }

  /** Shows a request without templates. */
  public AskedRequest of(final RequestPlan request) {
    method = request.method();
    path = request.path();
    headers.clear();
    headers.addAll(request.headers());
    body = request.body().getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /**
   * Becomes the request that a redirect leads to. Without its body it is also without the headers
   * that tell of one (Fetch standard, HTTP-redirect fetch).
   */
  public void redirect(final String newMethod, final String newPath, final boolean keepsBody) {
    method = newMethod;
    path = newPath;
    if (!keepsBody) {
      body = new byte[0];
      headers.removeIf(header -> header.name().toLowerCase(Locale.ROOT).startsWith("content-"));
    }
  }

  /** Says whether anything reads the body of the response. */
  public void readsBody(final boolean reads) {
    readsBody = reads;
  }

  /** Whether a response is of use only with its body. */
  public boolean readsBody() {
    return readsBody;
  }

  private String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private byte[] bytes() {
    final int length = cursor.nextText();
    final DirectBuffer buffer = cursor.buffer();
    final byte[] copy = new byte[length];
    buffer.getBytes(cursor.textOffset(), copy);
    return copy;
  }

  public String method() {
    return method;
  }

  /** Path and query, without the target's base. */
  public String path() {
    return path;
  }

  /** In their order. */
  public List<Header> headers() {
    return headers;
  }

  /** Its bytes. */
  public byte[] body() {
    return body;
  }

  /** The first value of a header, or {@code null}; names ignore case. */
  public String header(final String name) {
    for (final Header header : headers) {
      if (header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return header.value();
      }
    }
    return null;
  }
}
