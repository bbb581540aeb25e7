package io.lockstep.engine.transport.tls;

/**
 * Knows which handshake is being worked on, for what is called from deep within an engine and is
 * told of the engine alone, if at all. One per shard, on its thread.
 */
final class HandshakeTracker {
  private TlsHandshake current;

  /** What is called from now on belongs to this handshake; returns the one before. */
  TlsHandshake enter(final TlsHandshake handshake) {
    final TlsHandshake before = current;
    current = handshake;
    return before;
  }

  /** The server has shown its certificates: it resumes no session. */
  void onCertificates() {
    if (current != null) {
      current.onCertificates();
    }
  }

  /** The server's certificates were refused. */
  void onRefused(final TlsFailure failure) {
    if (current != null) {
      current.onRefused(failure);
    }
  }

  /** The server has asked for a client certificate. */
  void onAsked() {
    if (current != null) {
      current.onAsked();
    }
  }
}
