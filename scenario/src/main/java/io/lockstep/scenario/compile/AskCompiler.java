package io.lockstep.scenario.compile;

import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compiles steps that make requests. */
final class AskCompiler {
  private final Scenario scenario;
  private final int index;
  private final RequestCompiler requests;
  private final FlowCode code;
  private int lanes = 1;

  /**
   * @param index of the scenario
   */
  AskCompiler(
      final Scenario scenario,
      final int index,
      final RequestCompiler requests,
      final FlowCode code) {
    this.scenario = scenario;
    this.index = index;
    this.requests = requests;
    this.code = code;
  }

  /** How many requests a VU may have under way at once. */
  int lanes() {
    return lanes;
  }

  void compile(final Step.Ask step, final Place place) {
    if (place.attemptSlot() != Flow.NONE) {
      code.emit(Program.ATTEMPT, place.attemptSlot());
    }
    code.visit(place);
    code.emit(Program.REQUEST, added(step.request(), place.path(), place));
    code.remember(place);
  }

  void compile(final Step.Parallel step, final Place place) {
    final int count = step.requests().size();
    final int max = Math.min(step.max(), count);
    int first = Flow.NONE;
    for (int i = 0; i < count; i++) {
      final Request request = step.requests().get(i);
      final StepPath path = place.path().next("request", Optional.of(request.name()));
      final int added = added(request, path, place);
      first = i == 0 ? added : first;
    }
    lanes = Math.max(lanes, max);
    final Slots slots = code.slots();
    final int visitSlot = place.isLooped() ? slots.take() : Flow.NONE;
    code.emit(Program.PARALLEL, code.parts().pages.size());
    code.parts()
        .pages
        .add(
            new Flow.Page(
                first, count, max, visitSlot, place.attemptSlot(), slots.take(), slots.take()));
    code.remember(place);
  }

  private int added(final Request request, final StepPath path, final Place place) {
    return requests.add(scenario, index, request, groupTags(place), path, code.expressions());
  }

  /** A request is of every group around it, by the group's name and by its path. */
  private List<Tag> groupTags(final Place place) {
    final Parts parts = code.parts();
    final Set<Tag> tags = new LinkedHashSet<>();
    int group = place.group();
    while (group != Flow.NONE) {
      tags.add(new Tag(Tag.GROUP, parts.groups.get(group).name()));
      tags.add(new Tag(Tag.GROUP, parts.groupPath(group)));
      group = parts.groups.get(group).parent();
    }
    return List.copyOf(tags);
  }
}
