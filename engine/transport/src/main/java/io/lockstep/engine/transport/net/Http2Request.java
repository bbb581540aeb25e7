package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.transport.http1.ResponsePart;
import io.lockstep.engine.transport.http1.ResponseSink;
import io.lockstep.engine.transport.http2.ClientStream;
import io.lockstep.engine.transport.http2.StreamEnd;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.RequestOutcome;

/**
 * A VU's request on a connection of HTTP/2, with all that is measured of it; there is one for each
 * VU, used again and again. What the target has not processed, by its own word, is sent again a few
 * times; the times are those of the last sending. Lives on the shard's thread.
 */
final class Http2Request extends ClientStream {
  /** A target that is about to stop may refuse a request on several connections in a row. */
  private static final int MAX_SENDINGS = 6;

  private final SessionContext context;
  private final int local;
  private ResponseCapture capture;
  private Http2Carrier carrier;
  private int request;
  private int requestSeq;
  private int sendings;
  private boolean isLive;
  private long connectNs;
  private long tlsNs;
  private int tlsVersion;
  private boolean tlsResumed;
  private long sentNs;
  private long handedNs;
  private long firstByteNs;

  /** Of its frames: what the channel was given, and what the socket has taken. */
  private long givenBytes;

  private boolean isGiven;
  private long handedBytes;

  Http2Request(final SessionContext context, final int local) {
    this.context = context;
    this.local = local;
  }

  int local() {
    return local;
  }

  Http2Carrier carrier() {
    return carrier;
  }

  /** When it was last written. */
  long sentNs() {
    return sentNs;
  }

  boolean is(final int seq) {
    return isLive && requestSeq == seq;
  }

  /** Begins to be sent; what it took to open the connection is said after this, if anything. */
  void begin(final Http2Carrier newCarrier, final int newRequest, final int seq) {
    sendings = isLive && requestSeq == seq ? sendings + 1 : 1;
    isLive = true;
    carrier = newCarrier;
    request = newRequest;
    requestSeq = seq;
    connectNs = 0;
    tlsNs = 0;
    tlsVersion = 0;
    tlsResumed = false;
    sentNs = context.clock.nanoTime();
    handedNs = Completion.NULL_TIME;
    firstByteNs = Completion.NULL_TIME;
    givenBytes = 0;
    isGiven = false;
    handedBytes = 0;
  }

  /** It has waited for its connection to be opened. */
  void opened(
      final long connecting, final long securing, final int version, final boolean resumed) {
    connectNs = connecting;
    tlsNs = securing;
    tlsVersion = version;
    tlsResumed = resumed;
  }

  /** What takes the response; {@code null} where nothing of it is kept. */
  ResponseSink takeSink() {
    final Capture read = context.capture(request);
    if (read == null) {
      return null;
    }
    if (capture == null) {
      capture = context.newCapture();
    }
    capture.begin(read);
    return capture;
  }

  /** The channel was given all that is written. */
  void given() {
    givenBytes = bytesSent();
    isGiven = isOut();
  }

  /** The socket has all that the channel was given; returns whether that is the whole request. */
  boolean handed(final long nowNs) {
    handedBytes = givenBytes;
    if (isGiven) {
      handedNs = nowNs;
    }
    return isGiven;
  }

  /** Ends without a completion. */
  void drop() {
    isLive = false;
    carrier = null;
    if (capture != null) {
      capture.drop();
    }
  }

  @Override
  protected void onBegun() {
    firstByteNs = carrier.nowNs();
  }

  @Override
  protected void onEnded(final StreamEnd end, final String reason) {
    final Http2Carrier by = carrier;
    if (end == StreamEnd.UNPROCESSED && sendings < MAX_SENDINGS) {
      carrier = null;
      by.onEnded(this);
      context.policy().again(local, request, requestSeq);
    } else {
      by.end(this, outcome(end), reason);
    }
  }

  private static RequestOutcome outcome(final StreamEnd end) {
    switch (end) {
      case COMPLETE:
        return RequestOutcome.RESPONSE;
      case VIOLATION:
        return RequestOutcome.PROTOCOL_VIOLATION;
      case HEADER_TOO_LARGE:
        return RequestOutcome.HEADER_TOO_LARGE;
      case BODY_TOO_LARGE:
        return RequestOutcome.BODY_TOO_LARGE;
      case RESET:
        return RequestOutcome.STREAM_RESET;
      case UNPROCESSED:
        return RequestOutcome.STREAM_REFUSED;
      default:
        throw new IllegalStateException("no outcome for " + end);
    }
  }

  /** Why it failed, where nobody has said so. */
  private String reason(final RequestOutcome outcome) {
    final ResponsePart part = status() == 0 ? ResponsePart.HEADER : ResponsePart.BODY;
    switch (outcome) {
      case RESPONSE_TIMEOUT:
        return Reasons.timeout(handedNs, firstByteNs, part);
      case CLOSED_EARLY:
        return Reasons.closed(handedNs, firstByteNs, part);
      case HEADER_TOO_LARGE:
        return Reasons.largeHeader(part);
      case BODY_TOO_LARGE:
        return Reasons.largeBody(part);
      default:
        return null;
    }
  }

  /** A pause of the generator has kept it from going out. */
  void onPause(final long fromNs, final long toNs) {
    if (!isOut()) {
      context.timeouts().postpone(local, request, fromNs, toNs);
    }
  }

  /** Tells how it has ended. */
  void complete(final RequestOutcome outcome, final long nowNs, final String reason) {
    context.onEnd(local);
    final Completion completion = context.completions.offer();
    completion.vu = context.vu(local);
    completion.requestSeq = requestSeq;
    completion.outcome = outcome;
    completion.status = status();
    completion.connectNs = connectNs;
    completion.tlsNs = tlsNs;
    completion.tlsVersion = tlsVersion;
    completion.tlsResumed = tlsResumed;
    completion.protocol = Completion.HTTP_2;
    completion.resent = sendings - 1;
    completion.sentNs = sentNs;
    completion.handedNs = handedNs;
    completion.firstByteNs = firstByteNs;
    completion.lastByteNs = nowNs;
    completion.bytesSent = firstByteNs == Completion.NULL_TIME ? handedBytes : givenBytes;
    completion.bytesReceived = bytesReceived();
    completion.reason = reason == null ? reason(outcome) : FailureReason.of(reason);
    final ContentBuffer content =
        capture != null && outcome == RequestOutcome.RESPONSE ? capture.take() : null;
    if (content != null) {
      context.completions.attach(content);
    }
    drop();
  }
}
