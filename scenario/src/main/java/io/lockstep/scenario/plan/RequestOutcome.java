package io.lockstep.scenario.plan;

import java.util.List;
import java.util.Locale;

/**
 * How a request can end. The list is closed: a transport that meets a failure it cannot name has a
 * bug. Codes are stored in journals and never change their meaning.
 */
public enum RequestOutcome {
  /** A complete response came, whatever its status. */
  RESPONSE(1, "a complete response"),
  /** What was to be sent is no valid request, so it was not sent. */
  INVALID_REQUEST(5, "not a valid request", FailureStage.SEND),
  /** The host name did not resolve. */
  DNS_FAILED(10, "host name not resolved", FailureStage.RESOLVE),
  /** The target refused the connection. */
  CONNECT_REFUSED(11, "connection refused", FailureStage.CONNECT),
  /** No connection within the time allowed. */
  CONNECT_TIMEOUT(12, "connect timeout", FailureStage.CONNECT),
  /** Network or host not reachable, or the connection was forbidden. */
  CONNECT_UNREACHABLE(13, "host or network unreachable", FailureStage.CONNECT),
  /** This machine had no local address or port left to connect from. */
  NO_LOCAL_ADDRESS(14, "no local port or address left", FailureStage.CONNECT),
  /** This process had no file descriptor left. */
  NO_FILE_DESCRIPTOR(15, "no file descriptor left", FailureStage.CONNECT),
  /** The connection broke, reset by the peer, while opening it. */
  CONNECT_RESET(16, "reset while connecting", FailureStage.CONNECT),
  /** No connection of the shared pool became free within the request's timeout. */
  POOL_TIMEOUT(17, "no free connection within the timeout", FailureStage.CONNECT),
  /** The TLS handshake failed, for another reason than those below. */
  TLS_FAILED(20, "TLS failed", FailureStage.TLS),
  /** The server's certificate, or one that it was issued by, is out of its time. */
  TLS_EXPIRED(21, "certificate expired or not yet valid", FailureStage.TLS),
  /** Nobody who is trusted has issued the server's certificate. */
  TLS_UNKNOWN_ISSUER(22, "certificate of an unknown issuer", FailureStage.TLS),
  /** The server's certificate is for other names than the one that was asked for. */
  TLS_HOST_MISMATCH(23, "certificate for another host", FailureStage.TLS),
  /** The server's certificate is issued by itself and not trusted. */
  TLS_SELF_SIGNED(24, "self-signed certificate", FailureStage.TLS),
  /** The server refused the handshake and said so with an alert. */
  TLS_REFUSED(25, "handshake refused by the server", FailureStage.TLS),
  /** The two sides have no version of TLS in common. */
  TLS_VERSION(26, "no common TLS version", FailureStage.TLS),
  /** The server wants a client certificate, or another one than it was given. */
  TLS_CLIENT_CERTIFICATE(27, "client certificate missing or refused", FailureStage.TLS),
  /** The handshake was not over within the time allowed to connect. */
  TLS_TIMEOUT(28, "TLS handshake timeout", FailureStage.TLS),
  /** The connection was closed or reset in the handshake. */
  TLS_BROKEN(29, "closed during the TLS handshake", FailureStage.TLS),
  /** The peer reset the connection after the request was begun. */
  RESET(30, "connection reset", FailureStage.SEND, FailureStage.WAIT, FailureStage.RECEIVE),
  /** The peer closed the connection before the response was complete. */
  CLOSED_EARLY(
      31,
      "closed before the response was complete",
      FailureStage.SEND,
      FailureStage.WAIT,
      FailureStage.RECEIVE),
  /** Bytes could not be sent, for another reason than a reset. */
  SEND_FAILED(32, "send failed", FailureStage.SEND),
  /** Bytes could not be received, for another reason than a reset. */
  RECEIVE_FAILED(33, "receive failed", FailureStage.SEND, FailureStage.WAIT, FailureStage.RECEIVE),
  /** The target gave up the one stream of HTTP/2 that the request had; the connection goes on. */
  STREAM_RESET(
      38, "stream reset by the target", FailureStage.SEND, FailureStage.WAIT, FailureStage.RECEIVE),
  /** The target said, each time that it was sent, that it has not processed the request. */
  STREAM_REFUSED(
      39,
      "stream refused by the target",
      FailureStage.SEND,
      FailureStage.WAIT,
      FailureStage.RECEIVE),
  /** The response broke the protocol's rules. */
  PROTOCOL_VIOLATION(40, "protocol violation", FailureStage.RECEIVE),
  /** The response's head was larger than the limit. */
  HEADER_TOO_LARGE(41, "response header too large", FailureStage.RECEIVE),
  /** The response's body was larger than the limit. */
  BODY_TOO_LARGE(42, "response body too large", FailureStage.RECEIVE),
  /** No complete response within the request's timeout. */
  RESPONSE_TIMEOUT(
      50, "response timeout", FailureStage.SEND, FailureStage.WAIT, FailureStage.RECEIVE),
  /** The proxy did not open the way to the target, for a reason that it gave. */
  PROXY_REFUSED(70, "refused by the proxy", FailureStage.CONNECT),
  /** The proxy wants to know who asks, or did not take what it was told. */
  PROXY_AUTHENTICATION(71, "credentials missing or refused by the proxy", FailureStage.CONNECT),
  /** The proxy closed or reset the connection before the way was open. */
  PROXY_BROKEN(72, "closed by the proxy while connecting", FailureStage.CONNECT),
  /** What the proxy answered is not of its protocol. */
  PROXY_PROTOCOL(73, "protocol violation of the proxy", FailureStage.CONNECT),
  /** The proxy had not opened the way within the time allowed to connect. */
  PROXY_TIMEOUT(74, "timeout of the proxy", FailureStage.CONNECT),
  /** The run ended before the response did. */
  INTERRUPTED(60, "interrupted by the end of the run");

  private static final RequestOutcome[] BY_CODE = new RequestOutcome[256];

  static {
    for (final RequestOutcome outcome : values()) {
      BY_CODE[outcome.code] = outcome;
    }
  }

  private final int code;
  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<FailureStage> stages;

  private final String key;

  RequestOutcome(final int code, final String text, final FailureStage... stages) {
    this.code = code;
    this.text = text;
    this.stages = List.of(stages);
    this.key = name().toLowerCase(Locale.ROOT);
  }

  /** The stable code, 1 to 255. */
  public int code() {
    return code;
  }

  /** A few words for people. */
  public String text() {
    return text;
  }

  /**
   * The stages in which a request can fail so, in order; none where it did not fail. Where there
   * are several, what was measured tells which it was.
   */
  public List<FailureStage> stages() {
    return stages;
  }

  /** The name in scenario files and JSON: lower case with underscores. */
  public String key() {
    return key;
  }

  /** Whether the target, the network or the generator failed: neither a response nor cut off. */
  public boolean isFailure() {
    return this != RESPONSE && this != INTERRUPTED;
  }

  /**
   * The outcome of a code.
   *
   * @throws IllegalArgumentException if no outcome has it.
   */
  public static RequestOutcome of(final int code) {
    final RequestOutcome outcome = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    if (outcome == null) {
      throw new IllegalArgumentException("no request outcome has code " + code);
    }
    return outcome;
  }
}
