package io.lockstep.engine.content;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.scenario.plan.RequestOutcome;

/**
 * Shows completions as what reads responses wants them: without times of the run. The body is in
 * its content coding still. A pure function of the completion. Single-threaded; each shard has its
 * own.
 */
public final class ResponseAdapter {
  private final ResponseView view = new ResponseView();

  /**
   * The response of a completion. It holds until the next call, and as long as the completion's
   * content stays as it is.
   */
  public ResponseView of(final Completion completion) {
    view.clear();
    if (completion.outcome != RequestOutcome.RESPONSE) {
      return view;
    }
    final Content content = completion.content;
    view.status = completion.status;
    view.serviceNs = completion.lastByteNs - completion.sentNs;
    view.size = completion.bytesReceived;
    if (content.hasHead()) {
      view.head = content.head();
      view.headOffset = content.headOffset();
      view.headLength = content.headLength();
    }
    if (content.hasBody()) {
      view.body = content.body();
      view.bodyOffset = content.bodyOffset();
      view.bodyLength = content.keptLength();
      view.bodyComplete = !content.isTruncated();
    }
    return view;
  }
}
