package io.lockstep.engine.transport.net;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;

/** How the operating system is asked for what is ready. */
public enum Backend {
  /** Epoll where there is one, else NIO. */
  AUTO,
  /** Linux's own, through Netty's native library. */
  EPOLL,
  /** Java's selector. */
  NIO;

  /**
   * Events that one run of the loop handles at most, so that paced sends get their turn. NIO has a
   * bound of its own.
   */
  private static final int MAX_EVENTS_PER_RUN = 64;

  /** The least that a selector of the JDK asks for at once: 1024 on Linux, 256 elsewhere. */
  private static final int MIN_SELECTED = 256;

  /**
   * Never {@link #AUTO}: what it stands for on this machine.
   *
   * @throws NetworkException if this is EPOLL and there is none.
   */
  public Backend concrete() {
    if (this == EPOLL && !Epoll.isAvailable()) {
      throw new NetworkException(
          "epoll is not available here ("
              + Epoll.unavailabilityCause().getMessage()
              + "): use the backend nio, or auto",
          Epoll.unavailabilityCause());
    }
    if (this == AUTO) {
      return Epoll.isAvailable() ? EPOLL : NIO;
    }
    return this;
  }

  /** A run of the loop that handled fewer has handled all that was ready when it began. */
  int fullRun() {
    return this == EPOLL ? MAX_EVENTS_PER_RUN : MIN_SELECTED;
  }

  IoHandlerFactory handlerFactory() {
    return this == EPOLL
        ? EpollIoHandler.newFactory(MAX_EVENTS_PER_RUN, DefaultSelectStrategyFactory.INSTANCE)
        : NioIoHandler.newFactory();
  }

  SocketChannel newChannel(final InetAddress peer) {
    final SocketProtocolFamily family =
        peer instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    return this == EPOLL
        ? new EpollSocketChannel(family)
        : new NioSocketChannel(SelectorProvider.provider(), family);
  }
}
