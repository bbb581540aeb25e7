package io.lockstep.engine.transport.sim;

import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Simulation;
import org.agrona.concurrent.UnsafeBuffer;

/** How one request of the plan is answered. */
final class SimulatedResponse {
  private static final long FIRST_DRAW = 0;

  private final DurationSampler latency;
  private final long errorSite;
  private final RequestOutcome[] errors;
  private final double[] errorsUpTo;
  private final int status;
  private final long bytesReceived;
  private final long bytesSent;
  private final long timeoutNs;
  private final ContentBuffer content;

  SimulatedResponse(
      final Simulation.Response response,
      final RequestPlan request,
      final Recording recording,
      final long tickNs) {
    timeoutNs = saturatedProduct(request.timeoutTicks(), tickNs);
    latency = new DurationSampler(response.latencySite(), response.latency());
    errorSite = response.errorSite();
    errors =
        response.errors().stream()
            .map(Simulation.ErrorRate::outcome)
            .toArray(RequestOutcome[]::new);
    errorsUpTo = new double[errors.length];
    double sum = 0;
    for (int i = 0; i < errors.length; i++) {
      sum += response.errors().get(i).probability();
      errorsUpTo[i] = sum;
    }
    status = response.status();
    bytesReceived = response.bytes();
    bytesSent = request.logicalBytes();
    final Capture capture = recording.capture(request.capture(), status);
    if (capture == Capture.NONE) {
      content = null;
    } else {
      content = new ContentBuffer();
      content.begin(capture, recording.maxBodyBytes());
      final byte[] head = response.headBytes();
      content.addHead(new UnsafeBuffer(head), 0, head.length);
      final byte[] body = response.bodyBytes();
      content.addBody(new UnsafeBuffer(body), 0, body.length);
    }
  }

  /** Shows what is kept of a response. */
  void showContent(final Content to) {
    if (content == null) {
      to.clear();
    } else {
      content.show(to);
    }
  }

  RequestOutcome outcome(final long stream) {
    if (errors.length > 0) {
      final double point = KeyedRandom.unit(KeyedRandom.draw(stream, errorSite, FIRST_DRAW));
      for (int i = 0; i < errors.length; i++) {
        if (point < errorsUpTo[i]) {
          return errors[i];
        }
      }
    }
    return RequestOutcome.RESPONSE;
  }

  long latencyNs(final long stream) {
    return latency.sampleNs(stream, FIRST_DRAW);
  }

  /** From the send to the moment at which nobody waits any more. */
  long timeoutNs() {
    return timeoutNs;
  }

  int status() {
    return status;
  }

  long bytesReceived() {
    return bytesReceived;
  }

  long bytesSent() {
    return bytesSent;
  }

  /** Whether a request that ends so keeps a server busy: not if no connection came about. */
  static boolean reachesServer(final RequestOutcome outcome) {
    return wasSent(outcome);
  }

  /** Whether a request that ended so had left before. */
  static boolean wasSent(final RequestOutcome outcome) {
    return outcome == RequestOutcome.RESPONSE || outcome.code() >= RequestOutcome.RESET.code();
  }

  /** A quarter of what a long holds is 73 years: later sums with it stay within a long. */
  private static long saturatedProduct(final long ticks, final long tickNs) {
    final long longest = Long.MAX_VALUE / 4;
    return ticks > longest / tickNs ? longest : ticks * tickNs;
  }
}
