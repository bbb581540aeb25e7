package io.lockstep.engine.transport.sim;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Simulation;

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

  SimulatedResponse(final Simulation.Response response, final RequestPlan request) {
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

  int status() {
    return status;
  }

  long bytesReceived() {
    return bytesReceived;
  }

  long bytesSent() {
    return bytesSent;
  }

  /** Whether a request that ended so had left before. */
  static boolean wasSent(final RequestOutcome outcome) {
    return outcome == RequestOutcome.RESPONSE || outcome.code() >= RequestOutcome.RESET.code();
  }
}
