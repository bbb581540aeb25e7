package io.lockstep.scenario.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request of a scenario.
 *
 * @param index in the plan
 * @param scenario index of its scenario
 * @param name unique in its scenario
 * @param method upper case token
 * @param path origin form: path and query
 * @param headers in order, the plan's defaults first; neither Host nor framing headers
 * @param body UTF-8 text, empty for none; that before the first file where it has files
 * @param timeoutTicks from the send call, waiting for a connection included, to the end of the
 *     response
 * @param capture how much of the response something reads: at least what {@code use} does
 * @param digest first eight bytes, big endian, of the SHA-256 of the logical request: method, path,
 *     headers, body
 * @param use what is done with its response
 * @param sending its files, and what its body waits for
 */
public record RequestPlan(
    int index,
    int scenario,
    String name,
    String method,
    String path,
    List<Header> headers,
    String body,
    long timeoutTicks,
    Capture capture,
    long digest,
    ResponseUse use,
    Sending sending) {
  public RequestPlan {
    headers = List.copyOf(headers);
    if (capture.compareTo(use.capture()) < 0) {
      throw new IllegalArgumentException(name + " keeps " + capture + " for " + use.capture());
    }
  }

  /** A request that is all text and sent at once. */
  public RequestPlan(
      final int index,
      final int scenario,
      final String name,
      final String method,
      final String path,
      final List<Header> headers,
      final String body,
      final long timeoutTicks,
      final Capture capture,
      final long digest,
      final ResponseUse use) {
    this(
        index,
        scenario,
        name,
        method,
        path,
        headers,
        body,
        timeoutTicks,
        capture,
        digest,
        use,
        Sending.PLAIN);
  }

  /** A request of whose response nothing is read. */
  public RequestPlan(
      final int index,
      final int scenario,
      final String name,
      final String method,
      final String path,
      final List<Header> headers,
      final String body,
      final long timeoutTicks,
      final long digest) {
    this(
        index,
        scenario,
        name,
        method,
        path,
        headers,
        body,
        timeoutTicks,
        Capture.NONE,
        digest,
        ResponseUse.NONE);
  }

  /** The same, of whose response at least so much is kept. */
  public RequestPlan keeping(final Capture least) {
    return new RequestPlan(
        index,
        scenario,
        name,
        method,
        path,
        headers,
        body,
        timeoutTicks,
        capture.or(least),
        digest,
        use,
        sending);
  }

  /** The same of whose response something else is done. */
  public RequestPlan with(final ResponseUse newUse) {
    return new RequestPlan(
        index,
        scenario,
        name,
        method,
        path,
        headers,
        body,
        timeoutTicks,
        capture,
        digest,
        newUse,
        sending);
  }

  /** Bytes of the logical request as HTTP/1.1 would write it, without what a connection adds. */
  public long logicalBytes() {
    long bytes = method.length() + path.length() + " HTTP/1.1\r\n".length() + 1L;
    for (final Header header : headers) {
      bytes += utf8(header.name()) + utf8(header.value()) + ": \r\n".length();
    }
    return bytes + "\r\n".length() + utf8(bodyText()) + sending.fileBytes();
  }

  /** The body's texts, one after the other, without its files. */
  public String bodyText() {
    if (sending.files().isEmpty()) {
      return body;
    }
    final StringBuilder text = new StringBuilder(body);
    sending.files().forEach(file -> text.append(file.after()));
    return text.toString();
  }

  /** How many bytes of the body's texts come before each of its files. */
  public int[] filePositions() {
    final int[] positions = new int[sending.files().size()];
    int position = utf8(body);
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position;
      position += utf8(sending.files().get(i).after());
    }
    return positions;
  }

  private static int utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
