package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.transport.http1.Progress;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.lockstep.engine.transport.http1.ResponseSink;
import io.lockstep.engine.transport.http1.Violation;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * The one request that a connection of HTTP/1.1 has at a time, and its response: what is written
 * and read of them, and what is measured. Used again for the next. Lives on the shard's thread.
 */
final class Http1Exchange {
  private final SessionContext context;
  private final ResponseParser parser;
  private final RequestWire wire;
  private ResponseCapture capture;
  private boolean writing;
  private long sentNs;
  private long firstByteNs;
  private long bytesReceived;
  private String reason;

  Http1Exchange(final SessionContext context) {
    this.context = context;
    this.parser = context.newParser();
    this.wire = new RequestWire(context);
  }

  /** A request is to come: nothing of it is sent yet. */
  void reset() {
    sentNs = Completion.NULL_TIME;
    firstByteNs = Completion.NULL_TIME;
    bytesReceived = 0;
  }

  /** Readies a request of a VU; its sending begins now. */
  void begin(final int local, final int request) {
    final boolean isHead = wire.prepare(local, request);
    parser.begin(isHead, sink(request));
    sentNs = context.clock.nanoTime();
  }

  /** Begins to write it in pieces, where it has to be; returns whether it has. */
  boolean begins(final Channel channel, final boolean isSecured) {
    return wire.begins(channel, isSecured);
  }

  /** The socket takes bytes again. */
  void onWritable() {
    wire.onWritable();
  }

  /** Why a piece of it could not be written; {@code null} while all could. */
  Throwable failure() {
    return wire.failure();
  }

  /** Writes past the pipeline where it holds no handler that would want to see it. */
  void transmit(final Channel channel, final boolean isSecured) {
    writing = true;
    if (isSecured) {
      channel.write(wire.retained(), wire.promise(channel));
      channel.flush();
    } else {
      channel.unsafe().write(wire.retained(), wire.promise(channel));
      channel.unsafe().flush();
    }
    writing = false;
  }

  /** The channel has written what the socket took at once. */
  void onFlush(final Channel channel) {
    wire.onFlush(channel.unsafe().outboundBuffer());
  }

  /** Whether the system call that sends is being made. */
  boolean isWriting() {
    return writing;
  }

  /** Takes what was read; returns how the request ends, {@code null} where it goes on. */
  RequestOutcome receive(final ByteBuf in, final long nowNs) {
    if (firstByteNs == Completion.NULL_TIME) {
      firstByteNs = nowNs;
      wire.onResponse();
    }
    final int readable = in.readableBytes();
    final Progress progress = parser.parse(in);
    bytesReceived += readable;
    switch (progress) {
      case MORE:
        firstByteNs = wire.goesOn(parser) ? Completion.NULL_TIME : firstByteNs;
        return null;
      case COMPLETE:
        return in.isReadable() ? violated(Violation.BEHIND_END) : RequestOutcome.RESPONSE;
      case VIOLATION:
        return violated(parser.violation());
      case HEADER_TOO_LARGE:
        reason = Reasons.largeHeader(parser.part());
        return RequestOutcome.HEADER_TOO_LARGE;
      case BODY_TOO_LARGE:
        reason = Reasons.largeBody(parser.part());
        return RequestOutcome.BODY_TOO_LARGE;
      default:
        throw new IllegalStateException("no outcome for " + progress);
    }
  }

  private RequestOutcome violated(final Violation rule) {
    reason = rule.reason(parser.part());
    return RequestOutcome.PROTOCOL_VIOLATION;
  }

  /** Why the response that was read last is no good. */
  String reason() {
    return reason;
  }

  /** What there was of it when its time was over. */
  String timeoutReason() {
    return Reasons.timeout(wire.handedNs(), firstByteNs, parser.part());
  }

  /** What there was of it when the target closed the connection. */
  String closedReason() {
    return Reasons.closed(wire.handedNs(), firstByteNs, parser.part());
  }

  /** Whether the channel has taken all of the request, as far as was looked. */
  boolean isOut() {
    return wire.isOut();
  }

  /** The peer will send no more; whether that makes the response complete. */
  boolean endOfInput() {
    return parser.endOfInput();
  }

  /** Whether both sides want the connection to stay open, and the request is all out. */
  boolean isPersistent() {
    return wire.isOut() && parser.isPersistent() && wire.isPersistent();
  }

  /** Whether anything was sent, or tried to be. */
  boolean isSent() {
    return sentNs != Completion.NULL_TIME;
  }

  /** Tells what was measured, and gives away what was kept of a response. */
  void tell(final Completion completion, final RequestOutcome outcome) {
    completion.status = isSent() ? parser.status() : 0;
    completion.sentNs = sentNs;
    completion.handedNs = wire.handedNs();
    completion.firstByteNs = firstByteNs;
    completion.bytesSent = isSent() ? wire.takenBytes() : 0;
    completion.bytesReceived = bytesReceived;
    final ContentBuffer content =
        capture != null && outcome == RequestOutcome.RESPONSE ? capture.take() : null;
    if (content != null) {
      context.completions.attach(content);
    }
  }

  /** Frees memory; what was kept of a response is forgotten. */
  void release() {
    wire.release();
    if (capture != null) {
      capture.drop();
    }
  }

  /** What takes the response; {@code null} where nothing of it is kept. */
  private ResponseSink sink(final int request) {
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
}
