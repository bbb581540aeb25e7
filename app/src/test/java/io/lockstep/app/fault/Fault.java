package io.lockstep.app.fault;

import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.RequestOutcome;

/** What a target does wrong to a request, and what a run must say of it. */
enum Fault {
  RESET_WHILE_SENDING(
      FailureStage.SEND,
      RequestOutcome.RESET,
      "ECONNRESET: Connection reset by peer",
      peer -> {
        peer.read(1_000);
        peer.reset();
      }),
  RESET_AFTER_A_PART_OF_THE_REQUEST_WAS_READ(
      FailureStage.WAIT,
      RequestOutcome.RESET,
      "ECONNRESET: Connection reset by peer",
      peer -> peer.reset()),
  RESET_BEFORE_STATUS_LINE(
      FailureStage.WAIT,
      RequestOutcome.RESET,
      "ECONNRESET: Connection reset by peer",
      peer -> peer.reset()),
  RESET_IN_HEADER(
      FailureStage.RECEIVE,
      RequestOutcome.RESET,
      "ECONNRESET: Connection reset by peer",
      peer -> {
        peer.write("HTTP/1.1 200 OK\r\nContent-Le");
        peer.reset();
      }),
  RESET_IN_BODY(
      FailureStage.RECEIVE,
      RequestOutcome.RESET,
      "ECONNRESET: Connection reset by peer",
      peer -> {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
        peer.reset();
      }),
  CLOSED_WHILE_SENDING(
      FailureStage.SEND,
      RequestOutcome.RESET,
      "ECONNRESET: Connection reset by peer",
      peer -> {
        peer.read(1_000);
        peer.socket.close(); // with bytes unread, which makes it a reset
      }),
  CLOSED_BEFORE_STATUS_LINE(
      FailureStage.WAIT,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection before it answered",
      peer -> {}),
  CLOSED_IN_STATUS_LINE(
      FailureStage.RECEIVE,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection in the status line",
      peer -> peer.write("HTTP/1.1 2")),
  CLOSED_IN_HEADER(
      FailureStage.RECEIVE,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection in the header",
      peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n")),
  TRUNCATED_BODY(
      FailureStage.RECEIVE,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection in the body",
      peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")),
  TRUNCATED_CHUNK(
      FailureStage.RECEIVE,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection in a chunk of the body",
      peer -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf")),
  TRUNCATED_CHUNKS(
      FailureStage.RECEIVE,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection in the size line of a chunk",
      peer -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")),
  TRUNCATED_TRAILERS(
      FailureStage.RECEIVE,
      RequestOutcome.CLOSED_EARLY,
      "the target closed the connection in the trailers",
      peer -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n")),
  DRIPPED_HEADER(
      FailureStage.RECEIVE,
      RequestOutcome.RESPONSE_TIMEOUT,
      "the response had begun, and was not over in time: in the header",
      peer -> peer.drip("HTTP/1.1 200 OK\r\n" + "A: " + "b".repeat(500), 10)),
  DRIPPED_BODY(
      FailureStage.RECEIVE,
      RequestOutcome.RESPONSE_TIMEOUT,
      "the response had begun, and was not over in time: in the body",
      peer -> {
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        peer.drip("b".repeat(500), 10);
      }),
  NEVER_ANSWERED(
      FailureStage.WAIT,
      RequestOutcome.RESPONSE_TIMEOUT,
      "the request was out, and nothing came in time",
      FaultServer.Peer::hang),
  NEVER_READ(
      FailureStage.SEND,
      RequestOutcome.RESPONSE_TIMEOUT,
      "the target did not take all of the request in time",
      FaultServer.Peer::hang),
  NO_HTTP(
      FailureStage.RECEIVE,
      RequestOutcome.PROTOCOL_VIOLATION,
      "what came is no HTTP/1 status line (RFC 9112, section 4)",
      peer -> peer.write("SSH-2.0-OpenSSH_9.6\r\n")),
  TWO_LENGTHS(
      FailureStage.RECEIVE,
      RequestOutcome.PROTOCOL_VIOLATION,
      "two different Content-Length in the header (RFC 9112, section 6.3)",
      peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
  BARE_CR(
      FailureStage.RECEIVE,
      RequestOutcome.PROTOCOL_VIOLATION,
      "a CR without LF in the header (RFC 9112, section 2.2)",
      peer -> peer.write("HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n")),
  TOO_MUCH(
      FailureStage.RECEIVE,
      RequestOutcome.PROTOCOL_VIOLATION,
      "bytes came behind the end of the response (RFC 9112, section 6.3)",
      peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab")),
  LARGE_HEADER(
      FailureStage.RECEIVE,
      RequestOutcome.HEADER_TOO_LARGE,
      "larger than connections.max_header: the header",
      peer -> peer.write("HTTP/1.1 200 OK\r\n" + ("A: " + "b".repeat(97) + "\r\n").repeat(20))),
  LARGE_BODY(
      FailureStage.RECEIVE,
      RequestOutcome.BODY_TOO_LARGE,
      "larger than connections.max_body: the body",
      peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")),
  LARGE_CHUNKS(
      FailureStage.RECEIVE,
      RequestOutcome.BODY_TOO_LARGE,
      "larger than connections.max_body: a chunk of the body",
      peer -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"));

  /** Limits that some of them pass. */
  static final String LIMITS = "max_header: 1KiB, max_body: 5KiB";

  final FailureStage stage;
  final RequestOutcome outcome;
  final String reason;
  @SuppressWarnings("ImmutableEnumChecker") // scripts keep nothing
  final FaultServer.Script script;

  Fault(
      final FailureStage stage,
      final RequestOutcome outcome,
      final String reason,
      final FaultServer.Script script) {
    this.stage = stage;
    this.outcome = outcome;
    this.reason = reason;
    this.script = script;
  }

  /** Whether it needs a request that does not fit into the sockets' buffers. */
  boolean needsLargeRequest() {
    return stage == FailureStage.SEND;
  }

  /** What it is expected to be told as. */
  String told() {
    return stage.key() + ' ' + outcome.key() + ": " + reason;
  }

  /** Does to a connection what the path of its first request asks for. */
  static void serve(final FaultServer.Peer peer) throws java.io.IOException, InterruptedException {
    final String path = peer.path();
    if (path.equals("/ok")) {
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    } else if (path.equals("/slow")) {
      peer.drip("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 5);
    } else {
      valueOf(path.substring(1)).script.run(peer);
    }
  }
}
