package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.transport.http1.RequestTemplate;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Plan;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** What all sessions of a shard share. Lives on the shard's thread once the run has begun. */
final class SessionContext implements AutoCloseable {
  private static final int COMPLETIONS = 256;

  final Clock clock;
  final CompletionQueue completions = new CompletionQueue(COMPLETIONS);

  private final Backend backend;
  private final ManualIoEventLoop loop;
  private final InetSocketAddress address;
  private final int shard;
  private final int shards;
  private final int connectTimeoutMs;
  private final RequestTemplate[] templates;
  private final ResponseParser parser;
  private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
  private ConnectionPolicy policy;
  private ConnectionSession firstOpen;
  private long strayInputs;
  private Throwable bug;

  SessionContext(
      final Plan plan,
      final int shard,
      final int shards,
      final Clock clock,
      final Backend backend,
      final Resolution resolution) {
    this.clock = clock;
    this.backend = backend;
    this.address = resolution.address();
    this.shard = shard;
    this.shards = shards;
    final Connections connections = plan.connections();
    final long timeoutMs = TimeUnit.NANOSECONDS.toMillis(connections.connectTimeoutNs() + 999_999);
    this.connectTimeoutMs = (int) Math.max(1, Math.min(timeoutMs, Integer.MAX_VALUE));
    this.parser = new ResponseParser(connections.maxHeaderBytes(), connections.maxBodyBytes());
    this.templates =
        plan.requests().stream()
            .map(request -> RequestTemplate.encode(request, resolution.target()))
            .toArray(RequestTemplate[]::new);
    this.loop = new ManualIoEventLoop(null, backend.handlerFactory());
  }

  ManualIoEventLoop loop() {
    return loop;
  }

  InetSocketAddress address() {
    return address;
  }

  void policy(final ConnectionPolicy decider) {
    policy = decider;
  }

  ConnectionPolicy policy() {
    return policy;
  }

  RequestTemplate template(final int request) {
    return templates[request];
  }

  ResponseParser newParser() {
    return parser.sibling();
  }

  /** Global id of a VU of this shard. */
  int vu(final int local) {
    return local * shards + shard;
  }

  SocketChannel newChannel() {
    final SocketChannel channel = backend.newChannel(address.getAddress());
    final SocketChannelConfig config = channel.config();
    config.setTcpNoDelay(true);
    config.setConnectTimeoutMillis(connectTimeoutMs);
    config.setAllocator(PooledByteBufAllocator.DEFAULT);
    config.setRecvByteBufAllocator(receiveBuffer);
    return channel;
  }

  void opened(final ConnectionSession session) {
    session.nextOpen = firstOpen;
    if (firstOpen != null) {
      firstOpen.previousOpen = session;
    }
    firstOpen = session;
  }

  void closed(final ConnectionSession session) {
    if (session.previousOpen == null) {
      firstOpen = session.nextOpen;
    } else {
      session.previousOpen.nextOpen = session.nextOpen;
    }
    if (session.nextOpen != null) {
      session.nextOpen.previousOpen = session.previousOpen;
    }
    session.nextOpen = null;
    session.previousOpen = null;
    policy.onClosed(session);
  }

  /** Bytes came that nobody asked for, and their connection was closed. */
  void onStrayInput() {
    strayInputs++;
  }

  long strayInputs() {
    return strayInputs;
  }

  /** Keeps the first exception that no I/O explains, for the next poll to throw. */
  void onBug(final Throwable cause) {
    if (bug == null) {
      bug = cause;
    }
  }

  void throwBug() {
    if (bug != null) {
      throw new IllegalStateException("bug in the network transport: " + bug, bug);
    }
  }

  /** Closes all connections and frees all memory; not the loop. */
  void closeSessions() {
    while (firstOpen != null) {
      firstOpen.abandon();
    }
  }

  @Override
  public void close() {
    for (final RequestTemplate template : templates) {
      template.close();
    }
    receiveBuffer.close();
  }
}
