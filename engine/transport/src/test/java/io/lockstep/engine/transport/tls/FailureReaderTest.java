package io.lockstep.engine.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.RequestOutcome;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class FailureReaderTest {
  private final FailureReader reader = new FailureReader(false);

  /** As when a server goes away while the client writes its part of the handshake. */
  @Test
  void shouldSayThatTheConnectionBrokeWhereItsHandshakeCouldNotBeSent() {
    final SSLException wrapped =
        new SSLException("failure when writing TLS control frames", new IOException("Broken pipe"));
    final TlsFailure broken = reader.read(wrapped, false, false);
    assertEquals(RequestOutcome.TLS_BROKEN, broken.outcome());
    assertTrue(
        broken.reason().startsWith("the connection broke in the TLS handshake: "), broken.reason());
    assertFalse(broken.reason().contains("control frames"), broken.reason());
    final SSLException closed = new SSLException("failure", new ClosedChannelException());
    assertEquals(RequestOutcome.TLS_BROKEN, reader.read(closed, false, false).outcome());
  }

  @Test
  void shouldNotTakeAnEnginesOwnFailureForABrokenConnection() {
    final SSLException engine =
        new SSLException("cannot be trusted", new CertificateException("cannot"));
    assertEquals(RequestOutcome.TLS_FAILED, reader.read(engine, false, false).outcome());
    final SSLException nested = new SSLException("outer", new SSLException("inner"));
    assertEquals("outer", reader.read(nested, false, false).reason());
  }

  @Test
  void shouldLeaveWhatBreaksAfterTheHandshakeToOthers() {
    assertNull(reader.read(new SSLException("x", new IOException("reset")), false, true));
    assertNull(reader.read(new IOException("reset"), false, true));
  }
}
