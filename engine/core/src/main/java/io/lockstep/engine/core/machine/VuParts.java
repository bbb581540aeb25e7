package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.Transport;

/** Puts the parts together that tell what VUs do: each after those that it calls. */
final class VuParts {
  final VuNotes notes;
  final VuLogic logic;
  final VuGroups groups;
  final ProgramRunner program;
  final VuThrottle throttle;
  final VuMeetings meetings;
  final VuRequests requests;
  final VuIterations iterations;
  final VuEndings endings;
  final VuSteps steps;

  VuParts(final ShardState shard, final Transport transport) {
    notes = new VuNotes(shard);
    logic = new VuLogic(shard, notes);
    groups = new VuGroups(shard);
    program = new ProgramRunner(shard, groups, logic);
    throttle = new VuThrottle(shard);
    meetings = new VuMeetings(shard);
    final VuBrowsing browsing = VuBrowsing.of(shard);
    requests = new VuRequests(shard, transport, throttle, logic, browsing);
    iterations = new VuIterations(shard, browsing);
    endings = new VuEndings(shard, groups, throttle, meetings, iterations);
    steps = new VuSteps(shard, this);
  }
}
