package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Flow;

/** The part of a plan's digest with the flows. */
final class FlowDigest {
  private final CanonicalDigest out;
  private final DistributionDigest distributions;

  FlowDigest(final CanonicalDigest out, final DistributionDigest distributions) {
    this.out = out;
    this.distributions = distributions;
  }

  void put(final Flow flow) {
    out.putInt(flow.scenarios().size());
    for (final Flow.ScenarioFlow scenario : flow.scenarios()) {
      out.putInt(scenario.start())
          .putInt(scenario.stop())
          .putInt(scenario.slots())
          .putInt(scenario.lanes())
          .putInt(scenario.paceSlot())
          .putInt(scenario.groupSlot());
    }
    out.putInt(flow.groups().size());
    for (final Flow.Group group : flow.groups()) {
      out.putInt(group.scenario())
          .putText(group.name())
          .putInt(group.parent())
          .putInt(group.startSlot());
    }
    out.putInt(flow.paces().size());
    for (final Flow.Pace pace : flow.paces()) {
      out.putInt(pace.slot()).putLong(pace.site());
      distributions.put(pace.interval());
    }
    out.putInt(flow.loops().size());
    for (final Flow.Loop loop : flow.loops()) {
      out.putInt(loop.slot()).putLong(loop.limit()).putInt(loop.target());
    }
    putWaits(flow);
  }

  private void putWaits(final Flow flow) {
    out.putInt(flow.retries().size());
    for (final Flow.Retry retry : flow.retries()) {
      out.putInt(retry.slot())
          .putInt(retry.times())
          .putLong(retry.initialNs())
          .putDouble(retry.factor())
          .putLong(retry.maxNs())
          .putInt(retry.jitter() ? 1 : 0)
          .putLong(retry.site())
          .putInt(retry.target());
    }
    out.putInt(flow.pages().size());
    for (final Flow.Page page : flow.pages()) {
      out.putInt(page.firstRequest())
          .putInt(page.requests())
          .putInt(page.max())
          .putInt(page.visitSlot())
          .putInt(page.attemptSlot())
          .putInt(page.nextSlot())
          .putInt(page.endSlot());
    }
    out.putInt(flow.meetings().size());
    for (final Flow.Meeting meeting : flow.meetings()) {
      out.putInt(meeting.users()).putLong(meeting.timeoutTicks()).putInt(meeting.linkSlot());
    }
  }
}
