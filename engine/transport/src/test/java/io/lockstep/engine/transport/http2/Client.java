package io.lockstep.engine.transport.http2;

import io.lockstep.engine.transport.http1.ResponseSink;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection without a channel, and what became of its streams. */
final class Client implements AutoCloseable {
  static final int MAX_HEADER_BYTES = 2_000;
  static final int MAX_BODY_BYTES = 5_000;

  final ClientConnection connection;
  final List<Stream> streams = new ArrayList<>();
  private final RequestFields fields = new RequestFields(new Target(false, "h.test", 80, ""));
  private final List<byte[]> sent = new ArrayList<>();

  /** One request and what is known of its response. */
  static final class Stream extends ClientStream implements ResponseSink {
    final StringBuilder head = new StringBuilder();
    final StringBuilder text = new StringBuilder();
    StreamEnd end;
    String reason;
    int begun;

    @Override
    protected void onBegun() {
      begun++;
    }

    @Override
    protected void onEnded(final StreamEnd newEnd, final String newReason) {
      if (end != null) {
        throw new IllegalStateException("ends twice: " + end + " and " + newEnd);
      }
      end = newEnd;
      reason = newReason;
    }

    @Override
    public void onStatus(final int status) {
      head.append(status).append('\n');
    }

    @Override
    public void onField(final byte[] line, final int from, final int to) {
      head.append(new String(line, from, to - from, StandardCharsets.ISO_8859_1)).append('\n');
    }

    @Override
    public void onBody(final ByteBuf in, final int length) {
      text.append(in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1));
    }

    /** All that is to be the same however bytes are split; not what came before a failure. */
    String summary() {
      final boolean isWhole = end == null || end == StreamEnd.COMPLETE;
      return end + " " + reason + " " + status() + (isWhole ? " " + bytesReceived() + text : "");
    }
  }

  Client() {
    this(100);
  }

  Client(final int maxStreams) {
    connection = new ClientConnection(new Limits(MAX_HEADER_BYTES, MAX_BODY_BYTES, maxStreams));
    connection.begin();
  }

  Stream open(final String method, final String path, final String body, final Header... headers) {
    final Stream stream = new Stream();
    streams.add(stream);
    final RequestPlan plan = new RequestPlan(0, 0, "r", method, path, List.of(headers), body, 1, 0);
    connection.open(stream, fields.of(plan), stream);
    return stream;
  }

  Stream get() {
    return open("GET", "/", "");
  }

  Client receive(final Frames frames) {
    connection.receive(Unpooled.wrappedBuffer(frames.bytes()));
    return this;
  }

  /** What was written since the last call, as if the socket took all. */
  byte[] take() {
    final Frames all = Frames.none();
    while (connection.outputBytes() > 0) {
      final ByteBuf out = connection.output();
      final byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      connection.written();
      connection.drained();
      all.raw(bytes);
    }
    sent.add(all.bytes());
    return all.bytes();
  }

  @Override
  public void close() {
    connection.end(StreamEnd.RESET, "closed");
    connection.close();
  }
}
