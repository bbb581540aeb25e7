package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** The parts of a {@link RenderedRequest}, copied out of it. Reused by its owner. */
public final class AskedRequest {
  private static final int[] NOWHERE = {};

  private final RequestCursor cursor = new RequestCursor();
  private final List<Header> headers = new ArrayList<>();
  private String method = "";
  private String path = "";
  private byte[] body = new byte[0];
  private List<BodyFile> files = List.of();
  private int[] positions = NOWHERE;
  private boolean readsBody;

  /**
   * Shows a request.
   *
   * @param plan what it was rendered from
   */
  public AskedRequest of(final RenderedRequest request, final RequestPlan plan) {
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
    positions = new int[cursor.files()];
    for (int i = 0; i < positions.length; i++) {
      cursor.nextFile();
      positions[i] = cursor.filePosition();
    }
    files = positions.length == 0 ? List.of() : plan.sending().files();
    return this;
  }

  /** Shows a request without templates. */
  public AskedRequest of(final RequestPlan request) {
    method = request.method();
    path = request.path();
    headers.clear();
    headers.addAll(request.headers());
    body = request.bodyText().getBytes(StandardCharsets.UTF_8);
    files = request.sending().files();
    positions = request.filePositions();
    return this;
  }

  /**
   * Becomes the request that a redirect leads to. Without its body it is also without the headers
   * that tell of one (Fetch standard, HTTP-redirect fetch), and expects nothing of it.
   */
  public void redirect(final String newMethod, final String newPath, final boolean keepsBody) {
    method = newMethod;
    path = newPath;
    if (!keepsBody) {
      body = new byte[0];
      files = List.of();
      positions = NOWHERE;
      headers.removeIf(AskedRequest::isOfBody);
    }
  }

  private static boolean isOfBody(final Header header) {
    final String name = header.name().toLowerCase(Locale.ROOT);
    return name.startsWith("content-") || name.equals("expect");
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

  /** The bytes of its texts. */
  public byte[] body() {
    return body;
  }

  /** The files of its body. */
  public List<BodyFile> files() {
    return files;
  }

  /** How many bytes of the body's texts come before each of its files. */
  public int[] filePositions() {
    return positions.clone();
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
