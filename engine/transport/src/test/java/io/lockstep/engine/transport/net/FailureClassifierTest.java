package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockstep.scenario.plan.RequestOutcome;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class FailureClassifierTest {
  @Test
  void shouldNameFailuresToConnectByTheirType() {
    connect(RequestOutcome.CONNECT_TIMEOUT, new ConnectTimeoutException("connection timed out"));
    connect(RequestOutcome.CONNECT_REFUSED, new ConnectException("Connection refused: /1.2.3.4"));
    connect(RequestOutcome.CONNECT_TIMEOUT, new ConnectException("Connection timed out"));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new NoRouteToHostException("No route to host"));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new ConnectException("Network is unreachable"));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new SocketException("Network is unreachable"));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new SocketException("Permission denied"));
    connect(RequestOutcome.NO_LOCAL_ADDRESS, new BindException("Address already in use"));
    connect(
        RequestOutcome.NO_LOCAL_ADDRESS, new SocketException("Cannot assign requested address"));
    connect(RequestOutcome.CONNECT_RESET, new SocketException("Connection reset by peer"));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new IOException("never seen before"));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new IOException());
  }

  @Test
  void shouldNameFailuresToConnectByTheirErrno() {
    connect(RequestOutcome.CONNECT_REFUSED, errno(111));
    connect(RequestOutcome.CONNECT_TIMEOUT, errno(110));
    connect(RequestOutcome.CONNECT_UNREACHABLE, errno(113));
    connect(RequestOutcome.CONNECT_UNREACHABLE, errno(101));
    connect(RequestOutcome.CONNECT_UNREACHABLE, errno(13));
    connect(RequestOutcome.NO_LOCAL_ADDRESS, errno(99));
    connect(RequestOutcome.NO_FILE_DESCRIPTOR, errno(24));
    connect(RequestOutcome.NO_FILE_DESCRIPTOR, errno(23));
    connect(RequestOutcome.CONNECT_RESET, errno(104));
  }

  /** Netty keeps the errno of a connect in the words of its exception only. */
  @Test
  void shouldNameWhatNettysConnectThrowsByTheErrnoInItsWords() {
    assumeTrue(Epoll.isAvailable(), "errors have numbers only where the native library loads");
    connect(RequestOutcome.CONNECT_REFUSED, thrownByConnect(111));
    connect(RequestOutcome.CONNECT_TIMEOUT, thrownByConnect(110));
    connect(RequestOutcome.CONNECT_UNREACHABLE, thrownByConnect(101));
    connect(RequestOutcome.CONNECT_UNREACHABLE, thrownByConnect(105));
    connect(RequestOutcome.CONNECT_UNREACHABLE, thrownByConnect(112));
    connect(RequestOutcome.CONNECT_UNREACHABLE, thrownByConnect(113));
    connect(RequestOutcome.NO_LOCAL_ADDRESS, thrownByConnect(11));
    connect(RequestOutcome.NO_LOCAL_ADDRESS, thrownByConnect(98));
    connect(RequestOutcome.NO_LOCAL_ADDRESS, thrownByConnect(99));
    connect(RequestOutcome.CONNECT_RESET, thrownByConnect(104));
    connect(RequestOutcome.CONNECT_UNREACHABLE, new ConnectException("Host is down"));
  }

  @Test
  void shouldNameWhatARingsConnectThrowsByTheErrnoInItsWords() {
    assumeTrue(Epoll.isAvailable(), "errors have numbers only where the native library loads");
    connect(RequestOutcome.CONNECT_REFUSED, thrownByRing(111));
    connect(RequestOutcome.CONNECT_TIMEOUT, thrownByRing(110));
    connect(RequestOutcome.CONNECT_UNREACHABLE, thrownByRing(113));
    connect(RequestOutcome.NO_LOCAL_ADDRESS, thrownByRing(99));
    connect(RequestOutcome.CONNECT_RESET, thrownByRing(104));
    connect(RequestOutcome.CONNECT_UNREACHABLE, thrownByRing(2));
  }

  @Test
  void shouldLookIntoWhatTheLibraryWraps() {
    connect(RequestOutcome.NO_FILE_DESCRIPTOR, new ChannelException(errno(24)));
    connect(
        RequestOutcome.NO_FILE_DESCRIPTOR,
        new ChannelException("failed to open", new SocketException("Too many open files")));
  }

  @Test
  void shouldTellResetsFromOtherFailuresOnOpenConnections() {
    assertEquals(RequestOutcome.RESET, FailureClassifier.onReceive(errno(104)));
    assertEquals(
        RequestOutcome.RESET, FailureClassifier.onReceive(new SocketException("Connection reset")));
    assertEquals(RequestOutcome.RECEIVE_FAILED, FailureClassifier.onReceive(errno(110)));
    assertEquals(RequestOutcome.RESET, FailureClassifier.onSend(errno(32)));
    assertEquals(RequestOutcome.RESET, FailureClassifier.onSend(new IOException("Broken pipe")));
    assertEquals(RequestOutcome.RESET, FailureClassifier.onSend(new ClosedChannelException()));
    assertEquals(RequestOutcome.SEND_FAILED, FailureClassifier.onSend(errno(105)));
  }

  private static IOException thrownByConnect(final int errno) {
    return assertThrows(IOException.class, () -> Errors.handleConnectErrno("connect", -errno));
  }

  @SuppressWarnings("deprecation") // What Netty's io_uring channels call themselves.
  private static IOException thrownByRing(final int errno) {
    return assertThrows(
        IOException.class, () -> Errors.throwConnectException("io_uring connect", -errno));
  }

  private static NativeIoException errno(final int errno) {
    assumeTrue(Epoll.isAvailable(), "errors have numbers only where the native library loads");
    return new NativeIoException("call", -errno);
  }

  private static void connect(final RequestOutcome expected, final Throwable cause) {
    assertEquals(expected, FailureClassifier.onConnect(cause), cause::toString);
  }
}
