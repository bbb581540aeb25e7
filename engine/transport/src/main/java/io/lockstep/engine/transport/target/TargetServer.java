package io.lockstep.engine.transport.target;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of HTTP/1.1 and HTTP/2 with a few endpoints made for trying a load generator. It serves
 * from the moment that {@link #start} returns until {@link #close}, on daemon threads of its own; a
 * delayed answer waits on a timer and holds no thread.
 */
public final class TargetServer implements AutoCloseable {
  /** Largest request body that is taken; a larger one is answered with status 413. */
  static final int MAX_REQUEST_BODY = 16 * 1024 * 1024;

  private static final int BACKLOG = 4096;
  private static final int HIGH_WATER_MARK = 256 * 1024;
  private static final int LOW_WATER_MARK = 64 * 1024;
  private static final long CLOSE_TIMEOUT_S = 5;

  private final EventLoopGroup threads;
  private final ChannelGroup connections;
  private final Channel listener;
  private final AtomicLong requests;
  private final SslContext tls;

  private TargetServer(
      final EventLoopGroup threads,
      final ChannelGroup connections,
      final Channel listener,
      final AtomicLong requests,
      final SslContext tls) {
    this.tls = tls;
    this.threads = threads;
    this.connections = connections;
    this.listener = listener;
    this.requests = requests;
  }

  /**
   * Binds and serves.
   *
   * @param host address or name of the interface to bind
   * @param port to bind, 0 for any free one
   * @param behaviour of the answers
   * @param threadCount threads to serve with, at least 1
   * @throws IOException if the address cannot be bound.
   */
  public static TargetServer start(
      final String host, final int port, final Behaviour behaviour, final int threadCount)
      throws IOException {
    return start(host, port, behaviour, threadCount, null);
  }

  /**
   * The same with TLS.
   *
   * @param secured what to show; {@code null} for no TLS
   */
  public static TargetServer start(
      final String host,
      final int port,
      final Behaviour behaviour,
      final int threadCount,
      final TargetTls secured)
      throws IOException {
    final InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("host name not resolved: " + host);
    }
    final SslContext tls = secured == null ? null : secured.context();
    final EventLoopGroup threads =
        new MultiThreadIoEventLoopGroup(
            threadCount,
            new DefaultThreadFactory("lockstep-target", true),
            NioIoHandler.newFactory());
    final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    final AtomicLong requests = new AtomicLong();
    final var bound =
        bootstrap(threads, connections, behaviour, requests, tls)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      threads.shutdownGracefully(0, CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
      TargetTls.release(tls);
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return new TargetServer(threads, connections, bound.channel(), requests, tls);
  }

  private static ServerBootstrap bootstrap(
      final EventLoopGroup threads,
      final ChannelGroup connections,
      final Behaviour behaviour,
      final AtomicLong requests,
      final SslContext tls) {
    return new ServerBootstrap()
        .group(threads)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(LOW_WATER_MARK, HIGH_WATER_MARK))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(final SocketChannel channel) {
                connections.add(channel);
                channel.pipeline().addLast(new ProtocolChoice(behaviour, requests));
                TargetTls.secure(tls, channel);
              }
            });
  }

  /** The address that it serves on. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Base URL without a slash at its end. */
  public String url() {
    final String host = address().getAddress().getHostAddress();
    final String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (tls == null ? "http://" : "https://") + name + ":" + address().getPort();
  }

  /** Requests taken so far. */
  public long requests() {
    return requests.get();
  }

  /** Ends all connections and threads. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    threads
        .shutdownGracefully(0, CLOSE_TIMEOUT_S, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
    TargetTls.release(tls);
  }
}
