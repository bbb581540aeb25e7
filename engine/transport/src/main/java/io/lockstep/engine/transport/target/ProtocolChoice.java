package io.lockstep.engine.transport.target;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sees by its first bytes which HTTP a connection speaks, and makes it ready for that: a client of
 * HTTP/2 begins with a method that nobody else has (RFC 9113, section 3.4), with and without TLS.
 * Each stream of HTTP/2 has a session of its own, which knows nothing of the others.
 */
final class ProtocolChoice extends ByteToMessageDecoder {
  private static final byte[] PREFACE = {'P', 'R', 'I', ' '};
  private static final int MAX_STREAMS = 1_000;
  private static final int WINDOW = 1 << 20;

  private final Behaviour behaviour;
  private final AtomicLong requests;

  ProtocolChoice(final Behaviour behaviour, final AtomicLong requests) {
    this.behaviour = behaviour;
    this.requests = requests;
  }

  @Override
  protected void decode(
      final ChannelHandlerContext context, final ByteBuf in, final List<Object> out) {
    for (int i = 0; i < PREFACE.length; i++) {
      if (in.readableBytes() <= i) {
        return;
      }
      if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
        addHttp(context.pipeline());
        context.pipeline().remove(this);
        return;
      }
    }
    context
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forServer()
                .initialSettings(
                    Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MAX_STREAMS)
                        .initialWindowSize(WINDOW))
                .build())
        .addLast(
            new Http2MultiplexHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(final Channel stream) {
                    stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                    addSession(stream.pipeline());
                  }
                }));
    context.pipeline().remove(this);
  }

  private void addHttp(final ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerCodec());
    addSession(pipeline);
  }

  private void addSession(final ChannelPipeline pipeline) {
    pipeline
        .addLast(new HttpObjectAggregator(TargetServer.MAX_REQUEST_BODY))
        .addLast(new TargetSession(behaviour, requests));
  }

  /** A peer that breaks off is everyday life for a target. */
  @Override
  public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
    context.close();
  }
}
