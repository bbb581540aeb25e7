package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.transport.http1.ResponsePart;
import java.util.EnumMap;
import java.util.Map;

/**
 * Why requests fail, as far as it is this side that sees it: texts that are made once, since the
 * journal keeps each of them once.
 */
final class Reasons {
  static final String CONNECT_TIMEOUT = "no answer to the connection attempt in time";
  static final String CONNECT_QUEUE =
      "its time ended before its turn to open a connection: too many were opened at once";
  static final String POOL_TIMEOUT = "no connection of the pool became free in time";
  static final String TLS_TIMEOUT = "the handshake was not over in time";
  static final String NOT_SENT = "the target did not take all of the request in time";
  static final String NO_ANSWER = "the request was out, and nothing came in time";
  private static final String HEADER_TOO_LARGE = "larger than connections.max_header: ";
  private static final String BODY_TOO_LARGE = "larger than connections.max_body: ";

  private static final Map<ResponsePart, String> UNFINISHED =
      inEach("the response had begun, and was not over in time: in ");
  private static final Map<ResponsePart, String> CLOSED =
      inEach("the target closed the connection in ");
  private static final String CLOSED_WAITING =
      "the target closed the connection before it answered";
  private static final String CLOSED_SENDING =
      "the target closed the connection before it had all of the request";
  private static final Map<ResponsePart, String> LARGE_HEADERS = inEach(HEADER_TOO_LARGE);
  private static final Map<ResponsePart, String> LARGE_BODIES = inEach(BODY_TOO_LARGE);

  private Reasons() {}

  private static Map<ResponsePart, String> inEach(final String text) {
    final Map<ResponsePart, String> texts = new EnumMap<>(ResponsePart.class);
    for (final ResponsePart part : ResponsePart.values()) {
      texts.put(part, text + part.text());
    }
    return texts;
  }

  /** A request's time is over. */
  static String timeout(final long handedNs, final long firstByteNs, final ResponsePart part) {
    if (firstByteNs != Completion.NULL_TIME) {
      return UNFINISHED.get(part);
    }
    return handedNs == Completion.NULL_TIME ? NOT_SENT : NO_ANSWER;
  }

  /** The target closed the connection in an orderly way. */
  static String closed(final long handedNs, final long firstByteNs, final ResponsePart part) {
    if (firstByteNs != Completion.NULL_TIME) {
      return CLOSED.get(part);
    }
    return handedNs == Completion.NULL_TIME ? CLOSED_SENDING : CLOSED_WAITING;
  }

  static String largeHeader(final ResponsePart part) {
    return LARGE_HEADERS.get(part);
  }

  static String largeBody(final ResponsePart part) {
    return LARGE_BODIES.get(part);
  }
}
