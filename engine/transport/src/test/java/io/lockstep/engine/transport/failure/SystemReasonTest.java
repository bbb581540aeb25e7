package io.lockstep.engine.transport.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class SystemReasonTest {
  private static final String RESET = "ECONNRESET: Connection reset by peer";

  @Test
  void shouldSayTheSameOfAnErrorWhoeverMetIt() {
    says(RESET, new SocketException("Connection reset"));
    says(RESET, new IOException("Connection reset by peer"));
    says("EPIPE: Broken pipe", new IOException("Broken pipe"));
    says("ECONNREFUSED: Connection refused", new ConnectException("Connection refused"));
    says("EHOSTUNREACH: No route to host", new NoRouteToHostException("No route to host"));
    says("EADDRINUSE: Address already in use", new BindException("Address already in use"));
    says("EMFILE: Too many open files", new SocketException("Too many open files"));
  }

  @Test
  void shouldKnowErrorsByTheirNumbers() {
    assumeTrue(Epoll.isAvailable(), "errors have numbers only where the native library loads");
    says(RESET, new NativeIoException("recvAddress", -104));
    says(
        "ECONNREFUSED: Connection refused",
        new ConnectException(
            "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:4711"));
    says(
        "errno 512: a(..) failed with error(-512): odd",
        new IOException("a(..) failed with error(-512): odd: /10.0.0.1:99"));
  }

  @Test
  void shouldNameNeitherAddressesNorPorts() {
    says("IOException: odd", new IOException("odd: /127.0.0.1:4711"));
    says("IOException: odd", new IOException("odd: shop.example/10.1.2.3:443"));
    says("IOException: odd", new IOException("odd: /[2001:db8:0:0:0:0:0:1]:443"));
    says("IOException", new IOException());
  }

  @Test
  void shouldLookForTheCauseOfWhatOnlySaysThatItIsClosed() {
    final IOException closed = new ClosedChannelException();
    says("the connection was closed already", closed);
    closed.initCause(new IOException("Connection reset by peer"));
    says(RESET, closed);
  }

  private static void says(final String expected, final Throwable cause) {
    assertEquals(expected, SystemReason.of(cause));
  }
}
