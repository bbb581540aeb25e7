package io.lockstep.engine.transport.target;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection of the target, on its event loop. Pipelined requests are answered one after the
 * other, in order; while one waits, reading stops, so what can pile up is bounded by one read.
 */
final class TargetSession extends ChannelInboundHandlerAdapter {
  private final Behaviour behaviour;
  private final AtomicLong requests;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>(4);
  private boolean busy;

  TargetSession(final Behaviour behaviour, final AtomicLong requests) {
    this.behaviour = behaviour;
    this.requests = requests;
  }

  @Override
  public void channelRead(final ChannelHandlerContext context, final Object message) {
    if (!(message instanceof FullHttpRequest request)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (busy) {
      waiting.add(request);
    } else {
      begin(context, request);
    }
  }

  @Override
  public void channelReadComplete(final ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(final ChannelHandlerContext context) {
    context.channel().config().setAutoRead(!busy && context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(final ChannelHandlerContext context) {
    for (FullHttpRequest next = waiting.poll(); next != null; next = waiting.poll()) {
      next.release();
    }
    context.fireChannelInactive();
  }

  /**
   * A peer that resets or breaks off is everyday life for a target: the connection ends, no more.
   */
  @Override
  public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
    context.close();
  }

  private void begin(final ChannelHandlerContext context, final FullHttpRequest request) {
    final long number = requests.getAndIncrement();
    final Answer answer = answer(request, number);
    final long delayNs = answer.delayNs() + behaviour.latencyNs(number);
    final boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    final FullHttpResponse response = response(request, answer, keepAlive);
    request.release();
    if (delayNs <= 0) {
      write(context, response, keepAlive);
    } else {
      busy = true;
      context.channel().config().setAutoRead(false);
      context
          .executor()
          .schedule(() -> end(context, response, keepAlive), delayNs, TimeUnit.NANOSECONDS);
    }
  }

  private Answer answer(final FullHttpRequest request, final long number) {
    if (request.decoderResult().isFailure()) {
      return Answer.text(400, "not an HTTP request that this target can read");
    }
    return behaviour.isFailure(number)
        ? Answer.text(500, "failed on purpose (error rate of the target)")
        : Endpoints.answer(request);
  }

  private void end(
      final ChannelHandlerContext context,
      final FullHttpResponse response,
      final boolean keepAlive) {
    busy = false;
    if (!context.channel().isActive()) {
      response.release();
      return;
    }
    write(context, response, keepAlive);
    while (!busy && !waiting.isEmpty()) {
      begin(context, waiting.poll());
    }
    context.flush();
    if (!busy) {
      context.channel().config().setAutoRead(context.channel().isWritable());
    }
  }

  private static void write(
      final ChannelHandlerContext context,
      final FullHttpResponse response,
      final boolean keepAlive) {
    final var written = context.write(response);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static FullHttpResponse response(
      final FullHttpRequest request, final Answer answer, final boolean keepAlive) {
    final boolean head = HttpMethod.HEAD.equals(request.method());
    if (head) {
      answer.body().release();
    }
    final int length = answer.length();
    final FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            head ? Unpooled.EMPTY_BUFFER : answer.body());
    if (answer.mayHaveBody()) {
      response.headers().setInt(CONTENT_LENGTH, length).set(CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    if (!keepAlive) {
      response.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }
}
