package io.lockstep.engine.transport.http2;

import static io.lockstep.engine.transport.http2.ErrorCode.COMPRESSION_ERROR;
import static io.lockstep.engine.transport.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static io.lockstep.engine.transport.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static io.lockstep.engine.transport.http2.ErrorCode.PROTOCOL_ERROR;
import static io.lockstep.engine.transport.http2.ErrorCode.STREAM_CLOSED;

import io.lockstep.engine.transport.http1.ResponseSink;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * A client's side of one connection. Takes what was read with {@link #receive}, writes what is to
 * be sent into {@link #output}, and tells each stream how it ends. Bytes never make it throw; a
 * fault of the connection ends all of its streams, and {@link #isBroken} from then on. Responses
 * are counted and handed on as they come, so windows are given back at once and nothing piles up
 * here. Not for several threads.
 */
public final class ClientConnection implements FrameHandler {
  /** What a stream may have on its way to us. */
  static final int STREAM_WINDOW = 4 << 20;

  /** What all streams together may. */
  static final int CONNECTION_WINDOW = 16 << 20;

  /** Data is written up to here, and on once it is sent. */
  private static final int OUTPUT_BYTES = 64 * 1024;

  /** With so much to be sent no further stream is opened. */
  static final int MAX_WAITING_BYTES = 256 * 1024;

  private final Limits limits;
  private final StreamTable streams = new StreamTable();
  private final FrameReader reader;
  private final FrameWriter writer = new FrameWriter();
  private final FieldBlock fields = new FieldBlock();
  private final DefaultHttp2HeadersDecoder hpack;
  private final Settings peer = new Settings();
  private final PendingData pending;
  private final Patience patience = new Patience();
  private int nextId = 1;
  private boolean draining;
  private String farewell;
  private boolean broken;
  private int windowUsed;

  /** Whose DATA frame is being read; {@code null} for a stream that is over. */
  private ClientStream receiving;

  /** What is left of its payload, padding included. */
  private int receivingBytes;

  private boolean receivingLast;

  /** A connection that has sent nothing yet. */
  public ClientConnection(final Limits limits) {
    this.limits = limits;
    this.reader = new FrameReader(this, limits.maxHeaderBytes());
    this.pending = new PendingData(writer);
    this.hpack =
        new DefaultHttp2HeadersDecoder(false, limits.maxHeaderBytes()) {
          @Override
          protected Http2Headers newHeaders() {
            return fields;
          }
        };
  }

  /** Writes what comes before all else. */
  public void begin() {
    writer.preface();
    writer.header(3 * Frame.SETTING_BYTES, Frame.SETTINGS, 0, 0);
    writer.setting(Frame.ENABLE_PUSH, 0);
    writer.setting(Frame.INITIAL_WINDOW_SIZE, STREAM_WINDOW);
    writer.setting(Frame.MAX_HEADER_LIST_SIZE, limits.maxHeaderBytes());
    writer.windowUpdate(0, CONNECTION_WINDOW - Frame.DEFAULT_WINDOW);
  }

  /** The stream that was opened first; {@code null} for none. */
  public ClientStream first() {
    return streams.first();
  }

  /** Streams that are open. */
  public int streams() {
    return streams.size();
  }

  /** Whether another stream can be opened now. */
  public boolean hasRoom() {
    return takesMore()
        && streams.size() < Math.min(limits.maxStreams(), peer.maxStreams())
        && writer.pendingBytes() < MAX_WAITING_BYTES;
  }

  /** Whether another stream can ever be opened. */
  public boolean takesMore() {
    return !draining && !broken && nextId > 0;
  }

  /** Whether the peer has broken the connection. */
  public boolean isBroken() {
    return broken;
  }

  /** What the peer said of why it goes away, or {@code null}. */
  public String farewell() {
    return farewell;
  }

  /** Opens no further stream. */
  public void drain() {
    draining = true;
  }

  /**
   * Sends a request; there must be room.
   *
   * @param sink takes the response; {@code null} for nobody
   */
  public void open(final ClientStream stream, final RequestHead request, final ResponseSink sink) {
    if (!hasRoom() || stream.isOpen()) {
      throw new IllegalStateException("no room for a stream beside " + streams.size());
    }
    stream.begin(nextId, request, peer.initialWindow());
    stream.sink = sink;
    nextId += 2;
    streams.add(stream);
    stream.isOut = stream.bodyLeft == 0;
    stream.bytesSent = writer.headers(stream.id, request.fields(), stream.isOut);
    if (!stream.isOut) {
      pending.add(stream);
      pending.write(OUTPUT_BYTES);
    }
  }

  /** Says that the connection is over, if the peer is to know of it. */
  public void sayGoodbye() {
    if (!broken) {
      writer.goAway(ErrorCode.NO_ERROR);
    }
  }

  /** Gives a stream up, which is then forgotten without being told. */
  public void cancel(final ClientStream stream) {
    reset(stream, ErrorCode.CANCEL);
  }

  /** Ends all streams; the connection is gone. */
  public void end(final StreamEnd end, final String reason) {
    broken = true;
    while (streams.first() != null) {
      final ClientStream stream = streams.first();
      forget(stream);
      stream.onEnded(end, reason);
    }
  }

  /** Frees memory; the streams must be over. */
  public void close() {
    writer.close();
  }

  /** Bytes to send. */
  public int outputBytes() {
    return writer.pendingBytes();
  }

  /** What to send, for one who retains it until it is sent. */
  public ByteBuf output() {
    return writer.out();
  }

  /** The output was given to the channel. */
  public void written() {
    writer.written();
  }

  /** The channel has sent all that it was given; there may be more now. */
  public void drained() {
    patience.taken();
    if (!broken && pending.write(OUTPUT_BYTES)) {
      patience.progress();
    }
  }

  /** A while has gone by: what is put up with is so much in each. */
  public void onInterval() {
    patience.progress();
  }

  /** Takes what was read. */
  public void receive(final ByteBuf in) {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      reader.read(in);
    } catch (final ConnectionFault e) {
      writer.goAway(e.code());
      end(StreamEnd.VIOLATION, "HTTP/2: " + e.getMessage());
    }
  }

  @Override
  public void onHeaders(final int id) throws ConnectionFault {
    final ClientStream stream = streams.find(id);
    if (stream == null) {
      past(id, true);
    } else {
      stream.received(0);
    }
  }

  @Override
  public void onBlock(final int id, final boolean isLast, final ByteBuf block, final int wireBytes)
      throws ConnectionFault {
    final ClientStream stream = streams.find(id);
    if (stream == null) {
      fields.discard();
    } else {
      stream.received(wireBytes);
      fields.begin(stream.hasHead, stream.sink);
    }
    boolean tooLarge = false;
    try {
      hpack.decodeHeaders(id, block);
    } catch (final Http2Exception e) {
      if (!Http2Exception.isStreamError(e)) {
        throw new ConnectionFault(COMPRESSION_ERROR, "header block that cannot be decompressed");
      }
      tooLarge = true;
    }
    if (stream != null) {
      patience.progress();
      stream.headBytes += fields.bytes();
      if (tooLarge || stream.headBytes > limits.maxHeaderBytes()) {
        fail(stream, StreamEnd.HEADER_TOO_LARGE, ErrorCode.CANCEL, null);
      } else {
        onFields(stream, isLast);
      }
    }
  }

  private void onFields(final ClientStream stream, final boolean isLast) {
    final String fault = stream.take(fields, isLast);
    if (fault != null) {
      violate(stream, fault);
    } else if (isLast) {
      finish(stream);
    } else if (stream.announcesMoreThan(limits.maxBodyBytes())) {
      fail(stream, StreamEnd.BODY_TOO_LARGE, ErrorCode.CANCEL, null);
    }
  }

  @Override
  public void onBlockTooLarge(final int id) throws ConnectionFault {
    final ClientStream stream = streams.find(id);
    if (stream != null) {
      forget(stream);
      stream.onEnded(StreamEnd.HEADER_TOO_LARGE, null);
    }
    throw new ConnectionFault(
        ENHANCE_YOUR_CALM, "header block of more than " + limits.maxHeaderBytes() + " bytes");
  }

  @Override
  public void onData(final int id, final int payloadBytes, final boolean isLast)
      throws ConnectionFault {
    receiving = streams.find(id);
    receivingBytes = payloadBytes;
    receivingLast = isLast;
    windowUsed += payloadBytes;
    if (windowUsed > CONNECTION_WINDOW) {
      throw new ConnectionFault(FLOW_CONTROL_ERROR, "more data than the connection's window");
    }
    if (receiving == null) {
      past(id, true);
      return;
    }
    receiving.received(Frame.HEADER_BYTES);
    receiving.windowUsed += payloadBytes;
    if (!receiving.hasHead) {
      violate(receiving, "DATA before the head");
      receiving = null;
    } else if (receiving.windowUsed > STREAM_WINDOW) {
      fail(
          receiving,
          StreamEnd.VIOLATION,
          FLOW_CONTROL_ERROR,
          "HTTP/2: more data than the stream's window");
      receiving = null;
    } else if (payloadBytes == 0 && !isLast) {
      patience.useless();
    }
  }

  @Override
  public void onDataBytes(final ByteBuf in, final int length) {
    final ClientStream stream = receiving;
    if (stream == null) {
      return;
    }
    patience.progress();
    receivingBytes -= length;
    final String fault = stream.take(length);
    if (fault != null) {
      receiving = null;
      violate(stream, fault);
    } else if (stream.bodyBytes > limits.maxBodyBytes()) {
      receiving = null;
      fail(stream, StreamEnd.BODY_TOO_LARGE, ErrorCode.CANCEL, null);
    } else if (stream.sink != null) {
      stream.sink.onBody(in, length);
    }
  }

  @Override
  public void onDataEnd() {
    if (windowUsed >= CONNECTION_WINDOW / 2) {
      writer.windowUpdate(0, windowUsed);
      windowUsed = 0;
    }
    final ClientStream stream = receiving;
    receiving = null;
    if (stream == null) {
      return;
    }
    stream.received(receivingBytes);
    if (receivingLast) {
      finish(stream);
    } else if (stream.windowUsed >= STREAM_WINDOW / 2) {
      writer.windowUpdate(stream.id, stream.windowUsed);
      stream.windowUsed = 0;
    }
  }

  @Override
  public void onControl(final int type, final int flags, final int id, final ByteBuf payload)
      throws ConnectionFault {
    switch (type) {
      case Frame.RST_STREAM:
        onReset(id, payload.readUnsignedInt());
        break;
      case Frame.SETTINGS:
        patience.useless();
        if ((flags & Frame.ACK) == 0) {
          onSettings(payload);
        }
        break;
      case Frame.PING:
        patience.useless();
        if ((flags & Frame.ACK) == 0) {
          patience.reply();
          writer.pong(payload.readLong());
        }
        break;
      case Frame.GOAWAY:
        patience.useless();
        onGoAway(payload);
        break;
      case Frame.WINDOW_UPDATE:
        patience.useless();
        onWindowUpdate(id, payload.readInt() & Frame.STREAM_MASK);
        break;
      default:
        patience.useless();
        break;
    }
  }

  private void onReset(final int id, final long code) throws ConnectionFault {
    final ClientStream stream = streams.find(id);
    if (stream == null) {
      past(id, false);
      return;
    }
    forget(stream);
    if (code == ErrorCode.REFUSED_STREAM.code()) {
      stream.onEnded(StreamEnd.UNPROCESSED, "HTTP/2: REFUSED_STREAM");
    } else {
      stream.onEnded(StreamEnd.RESET, "HTTP/2: RST_STREAM with " + ErrorCode.name(code));
    }
  }

  private void onSettings(final ByteBuf payload) throws ConnectionFault {
    final int window = peer.initialWindow();
    patience.reply();
    peer.take(payload);
    writer.maxFrameBytes(peer.maxFrameBytes());
    if (peer.tableBytes() != Settings.NULL_TABLE) {
      writer.maxTableBytes(peer.tableBytes());
    }
    final long more = (long) peer.initialWindow() - window;
    for (ClientStream s = streams.first(); s != null; s = s.next) {
      s.sendWindow += more;
      if (s.sendWindow > Integer.MAX_VALUE) {
        throw new ConnectionFault(FLOW_CONTROL_ERROR, "window of a stream too large");
      }
    }
    writer.header(0, Frame.SETTINGS, Frame.ACK, 0);
    pending.write(OUTPUT_BYTES);
  }

  private void onGoAway(final ByteBuf payload) {
    final int last = payload.readInt() & Frame.STREAM_MASK;
    final long code = payload.readUnsignedInt();
    draining = true;
    farewell = Farewell.text(code, payload);
    ClientStream stream = streams.first();
    while (stream != null) {
      final ClientStream next = stream.next;
      if (stream.id > last) {
        forget(stream);
        stream.onEnded(StreamEnd.UNPROCESSED, farewell);
      }
      stream = next;
    }
  }

  private void onWindowUpdate(final int id, final int bytes) throws ConnectionFault {
    if (id == 0) {
      if (bytes == 0) {
        throw new ConnectionFault(PROTOCOL_ERROR, "WINDOW_UPDATE of nothing");
      }
      if (!pending.widen(bytes)) {
        throw new ConnectionFault(FLOW_CONTROL_ERROR, "window of the connection too large");
      }
    } else {
      final ClientStream stream = streams.find(id);
      if (stream == null) {
        past(id, false);
        return;
      }
      stream.sendWindow += bytes;
      if (bytes == 0) {
        violate(stream, "WINDOW_UPDATE of nothing");
      } else if (stream.sendWindow > Integer.MAX_VALUE) {
        fail(stream, StreamEnd.VIOLATION, FLOW_CONTROL_ERROR, "HTTP/2: window too large");
      }
    }
    if (pending.write(OUTPUT_BYTES)) {
      patience.progress();
    }
  }

  /** A frame on a stream that is over: what was on its way when it was given up. */
  private void past(final int id, final boolean bringsResponse) throws ConnectionFault {
    if ((id & 1) == 0 || (nextId > 0 && id >= nextId)) {
      throw new ConnectionFault(PROTOCOL_ERROR, "frame on a stream that nobody opened");
    }
    if (bringsResponse && !streams.wasGivenUp(id)) {
      throw new ConnectionFault(STREAM_CLOSED, "response on a stream that has ended");
    }
    patience.useless();
  }

  private void finish(final ClientStream stream) {
    final String fault = stream.lengthFault();
    if (fault != null) {
      violate(stream, fault);
      return;
    }
    if (stream.isOut) {
      forget(stream);
    } else {
      reset(stream, ErrorCode.NO_ERROR); // the target has answered without reading all
    }
    stream.onEnded(StreamEnd.COMPLETE, null);
  }

  private void violate(final ClientStream stream, final String rule) {
    fail(stream, StreamEnd.VIOLATION, PROTOCOL_ERROR, "HTTP/2: " + rule);
  }

  private void fail(
      final ClientStream stream, final StreamEnd end, final ErrorCode code, final String reason) {
    reset(stream, code);
    stream.onEnded(end, reason);
  }

  private void reset(final ClientStream stream, final ErrorCode code) {
    writer.reset(stream.id, code);
    streams.giveUp(stream);
    forget(stream);
  }

  private void forget(final ClientStream stream) {
    pending.remove(stream);
    streams.remove(stream);
    stream.end();
  }
}
