package io.lockstep.scenario.advice;

import io.lockstep.scenario.diagnostic.Diagnostic.Kind;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.expression.Operators;
import io.lockstep.scenario.plan.expression.Texts;
import io.lockstep.scenario.plan.expression.Value;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows the ways through steps. What is known before a step becomes what is known after it; where
 * ways part and come together again, only what all of them know stays known.
 */
final class StepWalk {
  private static final String STEPS = "steps";
  private static final String CONDITION_ADVICE =
      "leave it out, or write a condition that depends on something";

  private final Readings readings;
  private final int vus;
  private final Reading in;
  private final Map<Integer, String> settings = new TreeMap<>();

  /** Where an iteration, a VU or the test was stopped. */
  private Known ended = new Known();

  /**
   * @param vus of the scenario, at most
   */
  StepWalk(final Readings readings, final int vus, final Reading in) {
    this.vus = vus;
    this.readings = readings;
    this.in = in;
  }

  /** Variables by the places that set them, but for the items of loops, which have to be named. */
  Map<Integer, String> settings() {
    return settings;
  }

  /**
   * Follows a whole flow.
   *
   * @param known before it, and after it where its end is reached
   * @return what is known where any {@code stop} ends it.
   */
  Known list(final List<Step> steps, final List<MapNode> nodes, final Known known) {
    ended = new Known();
    ended.end();
    steps(steps, nodes, known);
    return ended;
  }

  private void steps(final List<Step> steps, final List<MapNode> nodes, final Known known) {
    boolean told = !known.isReached();
    for (int i = 0; i < steps.size(); i++) {
      if (!told && !known.isReached()) {
        told = true;
        final boolean stop = steps.get(i - 1) instanceof Step.Stop;
        never(
            nodes.get(i).offset(),
            stop ? "the `stop` before it ends all" : "every way to it ends with a `stop`",
            "leave it out, or put the `stop` into an `if`");
      }
      step(steps.get(i), nodes.get(i), known);
    }
  }

  private void steps(
      final List<Step> steps, final MapNode node, final String key, final Known known) {
    steps(steps, FileNodes.items(node, key), known);
  }

  private void never(final int offset, final String reason, final String advice) {
    in.warn(Kind.UNREACHABLE_STEP, offset, "this is never done: " + reason, advice);
  }

  private void step(final Step step, final MapNode node, final Known known) {
    if (step instanceof Step.Ask ask) {
      request(ask.request(), FileNodes.map(node, "request"), known);
    } else if (step instanceof Step.Parallel parallel) {
      parallel(parallel, node, known);
    } else if (step instanceof Step.Assign assign) {
      assign(assign, FileNodes.map(node, "set"), known);
    } else if (step instanceof Step.Measure measure) {
      measure.values().values().forEach(value -> readings.of(value, known));
    } else if (step instanceof Step.Log log) {
      readings.of(log.text(), known);
    } else if (step instanceof Step.Stop) {
      ended.meet(known);
      known.end();
    } else if (step instanceof Step.Rendezvous rendezvous) {
      meet(rendezvous, node);
    } else if (step instanceof Step.Group group) {
      steps(group.steps(), node, STEPS, known);
    } else if (step instanceof Step.If branch) {
      branch(branch, node, known);
    } else if (step instanceof Step.Switch cases) {
      cases(cases, node, known);
    } else if (step instanceof Step.Choose choose) {
      choose(choose, node, known);
    } else {
      loop(step, node, known);
    }
  }

  private void meet(final Step.Rendezvous step, final MapNode node) {
    if (step.users() > vus) {
      in.warn(
          Kind.INCOMPLETE_RENDEZVOUS,
          FileNodes.map(node, "rendezvous").get("users").offset(),
          "this is never complete: it is for "
              + step.users()
              + " VUs, and the scenario has "
              + vus
              + " at most",
          "each VU waits here until the rendezvous' `timeout`",
          "let fewer users meet, or give the scenario more VUs");
    }
  }

  private void loop(final Step step, final MapNode node, final Known known) {
    step.nested().forEach(nested -> known.perhapsAll(Settings.of(nested)));
    if (step instanceof Step.Repeat repeat) {
      steps(repeat.steps(), node, STEPS, known);
    } else if (step instanceof Step.During during) {
      steps(during.steps(), node, STEPS, known);
    } else if (step instanceof Step.Retry retry) {
      steps(retry.steps(), node, STEPS, known);
      retry.until().ifPresent(until -> readings.of(until, known));
    } else if (step instanceof Step.While loop) {
      loop(loop, node, known);
    } else if (step instanceof Step.ForEach each) {
      each(each, node, known);
    }
  }

  /** A request reads what it is made of; its response sets variables, which its checks may read. */
  void request(final Request request, final MapNode node, final Known known) {
    readings.of(request, known);
    answered(request, node, known);
  }

  private void answered(final Request request, final MapNode node, final Known known) {
    for (final String name : Settings.of(request)) {
      settings.put(FileNodes.extraction(node, name), name);
      known.set(name);
    }
    request.conditions().forEach(condition -> readings.of(condition, known));
  }

  /** All are made before the first of them is answered. */
  private void parallel(final Step.Parallel step, final MapNode node, final Known known) {
    final List<MapNode> nodes = FileNodes.requests(node, step.requests());
    step.requests().forEach(request -> readings.of(request, known));
    for (int i = 0; i < nodes.size(); i++) {
      answered(step.requests().get(i), nodes.get(i), known);
    }
  }

  private void assign(final Step.Assign step, final MapNode values, final Known known) {
    step.values()
        .forEach(
            (name, value) -> {
              readings.of(value, known);
              settings.put(FileNodes.keyOffset(values, name), name);
              known.set(name);
            });
  }

  private void branch(final Step.If step, final MapNode node, final Known known) {
    readings.of(step.condition(), known);
    final Optional<Boolean> decided = decided(step.condition());
    final Known otherwise = known.copy();
    known.setAll(step.condition().setWhere(true));
    otherwise.setAll(step.condition().setWhere(false));
    if (decided.isPresent()) {
      final Known never = decided.get() ? otherwise : known;
      always(never, decided.get(), FileNodes.items(node, decided.get() ? "else" : "then"));
    }
    steps(step.then(), node, "then", known);
    steps(step.otherwise(), node, "else", otherwise);
    known.meet(otherwise);
  }

  /** A condition always comes to the same, so that what is here is never done. */
  private void always(final Known known, final boolean truth, final List<MapNode> nodes) {
    if (known.isReached() && !nodes.isEmpty()) {
      never(nodes.get(0).offset(), "the condition is always " + truth, CONDITION_ADVICE);
    }
    known.end();
  }

  private void cases(final Step.Switch step, final MapNode node, final Known known) {
    readings.of(step.subject(), known);
    final Optional<Value> constant = step.subject().constant();
    final String text = constant.map(StepWalk::text).orElse(null);
    final MapNode cases = FileNodes.map(node, "cases");
    final Known before = known.copy();
    known.end();
    step.cases()
        .forEach(
            (name, steps) -> {
              final Known one = before.copy();
              if (constant.isPresent() && !name.equals(text)) {
                unmatched(one, FileNodes.keyOffset(cases, name), text);
              }
              steps(steps, cases, name, one);
              known.meet(one);
            });
    final Known other = before.copy();
    if (step.cases().containsKey(text)) {
      if (other.isReached() && !step.otherwise().isEmpty()) {
        unmatched(other, FileNodes.items(node, "default").get(0).offset(), text);
      }
      other.end();
    }
    steps(step.otherwise(), node, "default", other);
    known.meet(other);
  }

  private void unmatched(final Known known, final int offset, final String text) {
    if (known.isReached()) {
      never(
          offset,
          "the value is always " + (text == null ? "null" : Texts.literal(text)),
          "leave it out, or switch on something that changes");
    }
    known.end();
  }

  /** {@code null} of null, which is no case. */
  private static String text(final Value value) {
    if (value.isNull()) {
      return null;
    }
    Texts.toText(value);
    return value.text();
  }

  private void choose(final Step.Choose step, final MapNode node, final Known known) {
    final List<MapNode> options = FileNodes.items(node, "options");
    final Known before = known.copy();
    known.end();
    for (int i = 0; i < options.size(); i++) {
      final Known one = before.copy();
      steps(step.options().get(i).steps(), options.get(i), STEPS, one);
      known.meet(one);
    }
  }

  private void loop(final Step.While step, final MapNode node, final Known known) {
    readings.of(step.condition(), known);
    final Optional<Boolean> decided = decided(step.condition());
    final Known after = known.copy();
    after.setAll(step.condition().setWhere(false));
    known.setAll(step.condition().setWhere(true));
    if (decided.isPresent()) {
      if (decided.get()) {
        after.end();
      } else {
        always(known, false, FileNodes.items(node, STEPS));
      }
    }
    steps(step.steps(), node, STEPS, known);
    known.meet(after);
  }

  private void each(final Step.ForEach step, final MapNode node, final Known known) {
    readings.of(step.items(), known);
    final Known after = known.copy();
    if (step.items().items().orElse(0) > 0) {
      after.end();
    }
    known.set(step.as());
    steps(step.steps(), node, STEPS, known);
    known.meet(after);
  }

  /** What a condition always comes to, if it is known. */
  private static Optional<Boolean> decided(final SourceExpression condition) {
    return condition
        .constant()
        .map(
            value -> {
              Operators.condition(value);
              return value.truth();
            });
  }
}
