package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.Simulation;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How the requests of a preview are answered: with status, header fields and body of the plan's
 * simulated target, but at once and without its errors. Where it has none, with status 200 and
 * nothing else.
 */
final class PreviewAnswers {
  private static final int GOOD_STATUS = 200;

  private final Plan plan;
  private final ContentBuffer content = new ContentBuffer();

  PreviewAnswers(final Plan plan) {
    this.plan = plan;
  }

  /** Puts the answer to a request into a completion. */
  void answer(final int request, final Completion into) {
    into.outcome = RequestOutcome.RESPONSE;
    into.status = GOOD_STATUS;
    into.bytesReceived = 0;
    into.content.clear();
    if (plan.simulation() != null) {
      simulated(request, plan.simulation().responses().get(request), into);
    }
  }

  private void simulated(
      final int request, final Simulation.Response response, final Completion into) {
    into.status = response.status();
    into.bytesReceived = response.bytes();
    final Capture capture =
        plan.recording().capture(plan.requests().get(request).capture(), response.status());
    if (capture != Capture.NONE) {
      content.begin(capture, plan.recording().maxBodyBytes());
      final byte[] head = response.headBytes();
      content.addHead(new UnsafeBuffer(head), 0, head.length);
      final byte[] body = response.bodyBytes();
      content.addBody(new UnsafeBuffer(body), 0, body.length);
      content.show(into.content);
    }
  }
}
