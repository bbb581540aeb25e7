package io.lockstep.engine.transport.net;

import io.lockstep.engine.transport.http2.Limits;
import io.lockstep.engine.transport.http2.RequestFields;
import io.lockstep.engine.transport.http2.RequestHead;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import java.util.ArrayDeque;

/**
 * What those connections of a shard share that speak HTTP/2. Lives on the shard's thread once the
 * run has begun.
 */
final class Http2Context {
  private final SessionContext context;
  private final Limits limits;
  private final RequestHead[] heads;
  private final RequestFields fields;

  /** By the VU's index in the shard; made when they are first wanted. */
  private final Http2Request[] requests;

  private final ArrayDeque<Http2Carrier> touched = new ArrayDeque<>();

  Http2Context(
      final SessionContext context, final Plan plan, final int localVus, final Target target) {
    this.context = context;
    final Connections connections = plan.connections();
    limits =
        new Limits(
            connections.maxHeaderBytes(),
            connections.maxBodyBytes(),
            connections.http().maxStreams());
    fields = new RequestFields(target);
    heads = plan.requests().stream().map(fields::of).toArray(RequestHead[]::new);
    requests = new Http2Request[localVus];
  }

  /**
   * What is spoken for a plan: a file of a body is sent over HTTP/1.1 alone.
   *
   * @throws NetworkException if the plan wants both.
   */
  static HttpUse use(final Plan plan) {
    final HttpUse use = plan.connections().http();
    if (plan.requests().stream().allMatch(request -> request.sending().files().isEmpty())) {
      return use;
    }
    if (use.version() == HttpUse.Version.HTTP_2) {
      throw new NetworkException(
          "files in bodies are not sent over HTTP/2: say `http_version: 1.1`", null);
    }
    return new HttpUse(HttpUse.Version.HTTP_1_1, use.maxStreams());
  }

  Limits limits() {
    return limits;
  }

  /** What a VU is to send: what was rendered for it, else as the plan says. */
  RequestHead head(final int local, final int request) {
    final RequestHead rendered = context.rendered().head(local, fields);
    return rendered == null ? heads[request] : rendered;
  }

  /** The one request that a VU can have under way. */
  Http2Request request(final int local) {
    final Http2Request made = requests[local];
    if (made != null) {
      return made;
    }
    requests[local] = new Http2Request(context, local);
    return requests[local];
  }

  /** A connection has something to send. */
  void touch(final Http2Carrier carrier) {
    if (!carrier.isTouched) {
      carrier.isTouched = true;
      touched.add(carrier);
    }
  }

  /** Sends what there is to send; returns on how many connections. */
  int flush() {
    int flushed = 0;
    for (int left = touched.size(); left > 0; left--) {
      touched.remove().flush();
      flushed++;
    }
    return flushed;
  }
}
