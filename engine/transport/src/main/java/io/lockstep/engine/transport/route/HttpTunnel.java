package io.lockstep.engine.transport.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lockstep.engine.transport.http1.Progress;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Target;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/** Asks an HTTP proxy for a tunnel: CONNECT, RFC 9110, section 9.3.6. */
final class HttpTunnel extends ProxyHandshake {
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /** So much of an answer is kept to say why there is no tunnel. */
  private static final int KEPT_CHARS = 4 * 1024;

  private static final String AUTHENTICATE = "-authenticate:";
  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;
  private static final int AUTHENTICATION_REQUIRED = 407;

  /** What some say instead: to CONNECT nobody but the proxy answers. */
  private static final int UNAUTHORIZED = 401;

  private final byte[] request;
  private final ResponseParser parser = new ResponseParser(MAX_HEAD_BYTES, 0);
  private final StringBuilder answer = new StringBuilder();

  HttpTunnel(final ProxyServer proxy, final byte[] request, final Listener listener) {
    super(proxy, listener);
    this.request = request;
  }

  /** What asks for a tunnel to a target. */
  static byte[] request(final Target target, final ProxyServer proxy) {
    final String host = target.host().indexOf(':') >= 0 ? "[" + target.host() + "]" : target.host();
    final String authority = host + ":" + target.port();
    return ("CONNECT "
            + authority
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\n"
            + proxy.authorizationField()
            + "\r\n")
        .getBytes(ISO_8859_1);
  }

  @Override
  void start() {
    parser.begin(true); // whatever the answer's fields say, a tunnel begins behind its head
    send(request, request.length);
  }

  @Override
  void receive(final ByteBuf in) {
    final int kept = Math.min(in.readableBytes(), KEPT_CHARS - answer.length());
    answer.append(in.toString(in.readerIndex(), kept, ISO_8859_1));
    final Progress progress = parser.parse(in);
    if (progress == Progress.COMPLETE) {
      answered(parser.status(), in.isReadable());
    } else if (progress != Progress.MORE) {
      fail(
          RequestOutcome.PROXY_PROTOCOL,
          "what the proxy " + proxy + " answered to CONNECT is no response of HTTP/1.1");
    }
  }

  private void answered(final int status, final boolean early) {
    if (status >= OK && status < MULTIPLE_CHOICES) {
      succeed(early);
    } else if (status == AUTHENTICATION_REQUIRED || status == UNAUTHORIZED) {
      fail(
          RequestOutcome.PROXY_AUTHENTICATION,
          "the proxy "
              + proxy
              + (proxy.hasUser() ? " did not take the user and the password" : " wants a user")
              + ": it answered "
              + statusLine(status)
              + ways());
    } else {
      fail(
          RequestOutcome.PROXY_REFUSED,
          "the proxy " + proxy + " answered " + statusLine(status) + " to CONNECT");
    }
  }

  /** The status and what stands behind it in the last status line. */
  private String statusLine(final int status) {
    final String mark = " " + status;
    final int at = answer.indexOf(mark);
    if (at < 0) {
      return Integer.toString(status);
    }
    final int end = answer.indexOf("\r", at);
    return answer.substring(at + 1, end < 0 ? at + mark.length() : end).strip();
  }

  /** How it wants to be told. */
  private String ways() {
    final int field = answer.toString().toLowerCase(Locale.ROOT).indexOf(AUTHENTICATE);
    if (field < 0) {
      return "";
    }
    final int from = field + AUTHENTICATE.length();
    final int end = answer.indexOf("\r", from);
    final String value = answer.substring(from, end < 0 ? answer.length() : end).strip();
    return " (" + value + ")";
  }
}
