package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.Clock;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ConnectionTally;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.core.port.WaitTally;
import io.lockstep.engine.transport.body.BodyStore;
import io.lockstep.engine.transport.http1.Addressing;
import io.lockstep.engine.transport.http1.RequestTemplate;
import io.lockstep.engine.transport.http1.ResponseParser;
import io.lockstep.engine.transport.route.Race;
import io.lockstep.engine.transport.route.Way;
import io.lockstep.engine.transport.tls.TlsClient;
import io.lockstep.engine.transport.tls.TlsHandshake;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.netty.channel.ManualIoEventLoop;

/** What all sessions of a shard share. Lives on the shard's thread once the run has begun. */
final class SessionContext implements AutoCloseable {
  private static final int COMPLETIONS = 256;

  final Clock clock;
  final ConnectionTally tally = new ConnectionTally();
  final WaitTally waits = new WaitTally();
  final ContentPool contents = new ContentPool();
  final CompletionQueue completions = new CompletionQueue(COMPLETIONS, contents);

  /** Lookups of names; of the run's first shard alone. */
  final NameLookups lookups;

  private final Way way;
  private final long attemptDelayNs;
  private final boolean races;
  private final ManualIoEventLoop loop;
  private final Endpoints endpoints;
  private final IdleConnections idle;
  private final Keeping keeping;
  private final boolean writesLater;
  private final int shard;
  private final int shards;
  private final Timeouts timeouts;
  private final RequestTemplate[] templates;
  private final RenderedRequests rendered;
  private final BodyStore bodies;
  private final BodyPumps pumps = new BodyPumps();
  private final Recording recording;

  /** By request: how much of its response is read, where anything of it may be kept. */
  private final Capture[] captures;

  private final ResponseParser parser;
  private final ReceiveBuffer receiveBuffer = new ReceiveBuffer();
  private final HttpUse http;
  private final boolean perRequest;

  /** {@code null} where no connection can come to speak HTTP/2. */
  private final Http2Context http2;

  private TlsClient tls;
  private ConnectionPolicy policy;
  private ConnectionSession firstOpen;
  private int openSessions;
  private Throwable bug;
  private long lookedNs;

  SessionContext(
      final Plan plan,
      final int shard,
      final int shards,
      final int localVus,
      final Clock clock,
      final Backend backend,
      final Resolution resolution,
      final BodyStore bodies) {
    this.clock = clock;
    this.bodies = bodies;
    this.way = resolution.way();
    this.attemptDelayNs = resolution.opening().route().attemptDelayNs();
    this.races = resolution.opening().route().races() && way.addresses().length > 0;
    this.endpoints = new Endpoints(resolution, shard, backend, receiveBuffer);
    this.writesLater = backend.writesLater();
    this.shard = shard;
    this.shards = shards;
    final Connections connections = plan.connections();
    final boolean closing = connections.pool() == Connections.PER_REQUEST;
    this.keeping = connections.keeping();
    this.idle = new IdleConnections(keeping);
    this.timeouts = new Timeouts(plan, localVus, clock);
    this.parser = new ResponseParser(connections.maxHeaderBytes(), connections.maxBodyBytes());
    final Addressing addressing = resolution.addressing();
    this.templates =
        plan.requests().stream()
            .map(request -> RequestTemplate.encode(request, addressing, closing))
            .toArray(RequestTemplate[]::new);
    this.http = Http2Context.use(plan);
    this.perRequest = closing;
    final boolean multiplexes = http.mayMultiplex(resolution.target().secure());
    this.rendered = new RenderedRequests(localVus, addressing, closing, multiplexes);
    this.http2 = multiplexes ? new Http2Context(this, plan, localVus, resolution.target()) : null;
    this.recording = plan.recording();
    this.captures =
        plan.requests().stream()
            .map(RequestPlan::capture)
            .map(read -> recording.most(read) == Capture.NONE ? null : read)
            .toArray(Capture[]::new);
    this.loop = new ManualIoEventLoop(null, backend.handlerFactory());
    this.lookups = way.open(shard == 0);
  }

  ManualIoEventLoop loop() {
    return loop;
  }

  Endpoints endpoints() {
    return endpoints;
  }

  /** Which way connections go. */
  Way way() {
    return way;
  }

  /** Whether connections try addresses side by side. */
  boolean races() {
    return races;
  }

  /** A connection's attempts, to be started. */
  Race race(final Race.Starter starter, final Race.Listener listener) {
    return new Race(way, attemptDelayNs, starter, listener);
  }

  IdleConnections idle() {
    return idle;
  }

  Keeping keeping() {
    return keeping;
  }

  /** Whether a request reaches its socket in the next run of the loop only. */
  boolean writesLater() {
    return writesLater;
  }

  /** When the loop last had its turn, for what happens in it now. */
  long lookedNs() {
    return lookedNs;
  }

  /** The loop has handled what was ready at a time. */
  void looked(final long atNs) {
    lookedNs = atNs;
  }

  void policy(final ConnectionPolicy decider) {
    policy = decider;
  }

  ConnectionPolicy policy() {
    return policy;
  }

  /** Connections are secured by this from now on; {@code null} for not. */
  void tls(final TlsClient client) {
    tls = client;
  }

  /** What secures connections; {@code null} where nothing does. */
  TlsClient tls() {
    return tls;
  }

  /** What connections that speak HTTP/2 share; {@code null} where none can come to. */
  Http2Context http2() {
    return http2;
  }

  /** Whether a connection is closed after its first request. */
  boolean isPerRequest() {
    return perRequest;
  }

  /** Whether a connection that is open speaks HTTP/2; it has made this handshake, if any. */
  boolean speaksHttp2(final TlsHandshake handshake) {
    if (http2 == null) {
      return false;
    }
    return handshake == null || TlsClient.HTTP_2.equals(handshake.applicationProtocol());
  }

  /** Whether no connection is of use that does not. */
  boolean needsHttp2() {
    return http.version() == HttpUse.Version.HTTP_2;
  }

  /** Sends what is collected to be sent; returns on how many connections. */
  int flush() {
    return http2 == null ? 0 : http2.flush();
  }

  Timeouts timeouts() {
    return timeouts;
  }

  /** Connections that are open or being opened. */
  int openSessions() {
    return openSessions;
  }

  /** Rendered requests that wait for a connection. */
  RenderedRequests rendered() {
    return rendered;
  }

  /** Files that requests send. */
  BodyStore bodies() {
    return bodies;
  }

  /** Bodies that can be written on. */
  BodyPumps pumps() {
    return pumps;
  }

  /** How much of a request's response is read; {@code null} where nothing of it is ever kept. */
  Capture capture(final int request) {
    return captures[request];
  }

  ResponseCapture newCapture() {
    return new ResponseCapture(contents, recording);
  }

  /** The request of a VU has ended or was given up: nothing of it is left here. */
  void onEnd(final int local) {
    timeouts.onEnd(local);
    rendered.drop(local);
  }

  /** Completes a request that never had a connection. */
  void completeUnsent(final int local, final int requestSeq, final RequestOutcome outcome) {
    onEnd(local);
    final Completion completion = completions.offer();
    completion.vu = vu(local);
    completion.requestSeq = requestSeq;
    completion.outcome = outcome;
    completion.status = 0;
    completion.connectNs = 0;
    completion.sentNs = Completion.NULL_TIME;
    completion.firstByteNs = Completion.NULL_TIME;
    completion.lastByteNs = clock.nanoTime();
    completion.bytesSent = 0;
    completion.bytesReceived = 0;
  }

  /** What is thrown where a VU sends while it waits. */
  IllegalStateException busy(final int local, final int requestSeq) {
    return new IllegalStateException(
        "VU " + vu(local) + " has a request under way, got number " + requestSeq);
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

  void opened(final ConnectionSession session) {
    openSessions++;
    session.nextOpen = firstOpen;
    if (firstOpen != null) {
      firstOpen.previousOpen = session;
    }
    firstOpen = session;
  }

  void closed(final ConnectionSession session) {
    openSessions--;
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

  /** What the next run of the loop brings out could not go in a pause of the generator. */
  void onPause(final long fromNs, final long toNs) {
    if (writesLater) {
      for (ConnectionSession open = firstOpen; open != null; open = open.nextOpen) {
        open.onPause(fromNs, toNs);
      }
    }
  }

  /** Closes what is being opened though no request wants it. */
  void giveUpAhead() {
    ConnectionSession session = firstOpen;
    while (session != null) {
      final ConnectionSession next = session.nextOpen;
      session.giveUpAhead();
      session = next;
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
    rendered.close();
    bodies.close();
    if (shard == 0) {
      lookups.end();
    }
    way.close();
    receiveBuffer.close();
    if (tls != null) {
      tls.close();
    }
  }
}
