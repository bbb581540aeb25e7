package io.lockstep.engine.transport.http2;

/** The peer broke a rule that leaves nothing to be done with the connection but to close it. */
final class ConnectionFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  ConnectionFault(final ErrorCode code, final String rule) {
    super(rule, null, false, false);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }
}
