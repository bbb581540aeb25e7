package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.scenario.plan.DigestCredentials;
import io.lockstep.scenario.plan.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes of what is asked for, and of what a browser adds to it, what is sent. */
final class ExchangeRenderer {
  private final RequestRenderer renderer = new RequestRenderer();
  private final UnsafeBuffer asked = new UnsafeBuffer(new byte[Long.BYTES]);
  private final List<Header> added = new ArrayList<>();
  private RenderedRequest sent;
  private Browser.Authorization authorization;
  private long digest;

  /** Begins a request; what the browser adds goes into the list. */
  List<Header> begin() {
    added.clear();
    authorization = null;
    return added;
  }

  /** The request has an answer to a challenge; {@code null} for none. */
  void authorize(final Browser.Authorization answer) {
    authorization = answer;
  }

  /** Makes the request. */
  void render(final Exchange exchange) {
    if (added.isEmpty() && exchange.hops == 0 && authorization == null) {
      digest = exchange.digest;
      sent = exchange.isPlain() ? null : request(exchange);
    } else {
      digest = digestOf(exchange);
      sent = request(exchange);
    }
  }

  /** What is to be sent; {@code null} for what the plan says. */
  RenderedRequest sent() {
    return sent;
  }

  /** Digest of what is to be sent, its secrets by name. */
  long digest() {
    return digest;
  }

  /** Digest of what is sent, whose secrets it does not know: what was asked, and what was added. */
  private long digestOf(final Exchange exchange) {
    renderer.begin().text(exchange.logical.method()).text(exchange.logical.path());
    renderer.headers(added.size() + (authorization == null ? 0 : 1));
    for (final Header header : added) {
      renderer.text(header.name()).text(header.value());
    }
    if (authorization != null) {
      renderer.text(DigestCredentials.HEADER).text(authorization.logical());
    }
    asked.putLong(0, exchange.digest, RenderedRequest.ORDER);
    renderer.beginText().put(asked, 0, Long.BYTES).endText();
    return renderer.digest();
  }

  private RenderedRequest request(final Exchange exchange) {
    final AskedRequest request = exchange.wire();
    final List<Header> headers = new ArrayList<>(request.headers());
    if (exchange.hasCredentials()) {
      headers.removeIf(header -> header.value().startsWith(DigestCredentials.SCHEME));
    }
    if (authorization != null) {
      headers.add(new Header(DigestCredentials.HEADER, authorization.wire()));
    }
    for (final Header header : added) {
      add(header, headers);
    }
    renderer.begin().text(request.method()).text(request.path()).headers(headers.size());
    for (final Header header : headers) {
      renderer.text(header.name()).text(header.value());
    }
    return renderer.text(request.body()).files(request.files(), request.filePositions()).request();
  }

  /** Two lines of one name become one, as RFC 6265, section 5.4, wants for cookies. */
  private static void add(final Header header, final List<Header> into) {
    final String name = header.name().toLowerCase(Locale.ROOT);
    for (int i = 0; i < into.size(); i++) {
      if (into.get(i).name().toLowerCase(Locale.ROOT).equals(name)) {
        into.set(i, new Header(header.name(), into.get(i).value() + "; " + header.value()));
        return;
      }
    }
    into.add(header);
  }
}
