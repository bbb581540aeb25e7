package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import java.util.List;
import java.util.Optional;

/**
 * Makes of what the interpreter notes the steps of a preview: says what each is, and whether a
 * response can make it another. What is computed after anything of a response has been remembered
 * counts as if it came from there.
 */
final class StepReader {
  private final Plan plan;
  private final ShardState shard;
  private final ScenarioPlan scenario;
  private final int vu;
  private final Origins origins;

  /** Whether values of a response may have come into variables. */
  private boolean fed;

  /** Whether cookies, redirects or the cache may have come in between. */
  private boolean browsed;

  /**
   * @param iteration of which it is asked; before it the VU may have done others
   */
  StepReader(
      final ShardState shard, final ScenarioPlan scenario, final int vu, final long iteration) {
    this.shard = shard;
    this.scenario = scenario;
    plan = shard.plan;
    this.vu = vu;
    origins = new Origins(shard, scenario, vu);
    browsed = hasCome(iteration) && (scenario.browsing().cookies() || scenario.browsing().cache());
  }

  /** Whether a VU that goes on with its cookies and its cache does something before. */
  private boolean hasCome(final long iteration) {
    final boolean starts = plan.flow().of(scenario.index()).start() != Flow.NONE;
    return scenario.load().vusLast()
        && (iteration > 0 || iteration == VuIterations.STOP_FLOW || (iteration == 0 && starts));
  }

  /** A request of what came before is sent. */
  void passed(final RequestPlan request) {
    fed |= !request.use().extractions().isEmpty();
  }

  /** An instruction of what came before is done. */
  void passed(final int pc) {
    if (plan.program().operation(pc) == Program.SET) {
      final Logic.Assignment set = plan.logic().assignments().get(plan.program().argument(pc));
      fed |= isOpen(set.expression());
      origins.set(set.value(), set.expression());
    }
  }

  /** The local id of the VU. */
  int vu() {
    return vu;
  }

  /** As {@link Origins#lacks}. */
  String lacks(final Expression failed) {
    return failed == null ? "" : origins.lacks(failed);
  }

  /** A request that is sent, and its digest in the journal. */
  Preview.Step read(
      final long atNs,
      final RequestPlan request,
      final RenderedRequest rendered,
      final long digest) {
    final boolean open =
        browsed || plan.logic().of(request.index()).map(this::isOpen).orElse(false);
    browsed = scenario.browsing().capture() != Capture.NONE;
    fed |= !request.use().extractions().isEmpty();
    origins.answered(request.name());
    return new Preview.Step(
        Preview.Kind.REQUEST,
        atNs,
        shard.table.pc(vu),
        0,
        "",
        open,
        SentRequest.of(request, rendered, digest));
  }

  private boolean isOpen(final Logic.RequestTexts texts) {
    return fed
        || isOpen(texts.path().template())
        || texts.bodyTexts().anyMatch(text -> isOpen(text.template()))
        || texts.headers().stream().anyMatch(header -> isOpen(header.template()));
  }

  private static boolean isOpen(final Template template) {
    return template.usesResponse() || template.usesSetup();
  }

  private static boolean isOpen(final Expression expression) {
    return expression.usesResponse() || expression.usesSetup();
  }

  /** What an instruction came to; empty where it is no step. */
  Optional<Preview.Step> read(final long atNs, final int pc, final long value) {
    final int operation = plan.program().operation(pc);
    final int argument = plan.program().argument(pc);
    if (isLeft(operation, argument, value)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (operation) {
          case Program.CHOOSE, Program.ROUND_ROBIN ->
              step(Preview.Kind.CHOICE, atNs, pc, value, false);
          case Program.THINK -> step(Preview.Kind.PAUSE, atNs, pc, value, false);
          case Program.PACE -> step(Preview.Kind.PACE, atNs, pc, value, true);
          case Program.GROUP -> step(Preview.Kind.GROUP, atNs, pc, 0, false);
          case Program.GROUP_END -> step(Preview.Kind.GROUP_END, atNs, pc, 0, false);
          case Program.REPEAT -> step(Preview.Kind.ROUND, atNs, pc, 0, false);
          case Program.DURING_END ->
              value == StepTrace.AGAIN
                  ? step(Preview.Kind.TIMED_ROUND, atNs, pc, 0, true)
                  : step(Preview.Kind.TIMED_END, atNs, pc, 0, true);
          case Program.RETRY ->
              value == StepTrace.ON
                  ? step(Preview.Kind.TRIED, atNs, pc, 0, true)
                  : step(Preview.Kind.PAUSE, atNs, pc, value, true);
          case Program.PARALLEL -> step(Preview.Kind.PAGE, atNs, pc, 0, true);
          case Program.RENDEZVOUS -> step(Preview.Kind.MEETING, atNs, pc, 0, true);
          case Program.STOP -> step(Preview.Kind.STOP, atNs, pc, value, false);
          default -> computed(atNs, pc, argument, value);
        });
  }

  /** Whether a loop ends, which is no step of its own. */
  private boolean isLeft(final int operation, final int argument, final long value) {
    return switch (operation) {
      case Program.REPEAT -> value == StepTrace.ON;
      case Program.FOREACH_END -> value != plan.logic().walks().get(argument).target();
      default -> false;
    };
  }

  private Preview.Step computed(
      final long atNs, final int pc, final int argument, final long value) {
    final Logic logic = plan.logic();
    return switch (plan.program().operation(pc)) {
      case Program.UNLESS, Program.UNTIL -> {
        final Logic.Branch branch = logic.branches().get(argument);
        final boolean holds =
            plan.program().operation(pc) == Program.UNTIL
                ? !shard.table.failed(vu)
                : value == pc + 1L;
        yield computed(Preview.Kind.CONDITION, atNs, pc, holds ? 1 : 0, branch.condition(), "");
      }
      case Program.SWITCH ->
          computed(Preview.Kind.SWITCH, atNs, pc, value, logic.cases().get(argument).subject(), "");
      case Program.SET -> {
        final Logic.Assignment set = logic.assignments().get(argument);
        fed |= isOpen(set.expression());
        origins.set(set.value(), set.expression());
        yield computed(Preview.Kind.SET, atNs, pc, 0, set.expression(), text(set.value()));
      }
      case Program.MEASURE -> {
        final Logic.Measurement taken = logic.measurements().get(argument);
        final String name = plan.measures().custom().get(taken.custom()).key();
        yield computed(Preview.Kind.MEASURE, atNs, pc, 0, taken.value(), name);
      }
      case Program.FOREACH, Program.FOREACH_END -> {
        final Logic.Walk walk = logic.walks().get(argument);
        yield value == walk.target()
            ? computed(Preview.Kind.ITEM, atNs, pc, 0, walk.items(), text(walk.itemValue()))
            : computed(Preview.Kind.NO_ITEM, atNs, pc, 0, walk.items(), "");
      }
      case Program.LOG -> {
        final boolean open = fed || isOpen(logic.logs().get(argument).text());
        yield new Preview.Step(Preview.Kind.LOG, atNs, pc, 0, "", open, null);
      }
      default -> null;
    };
  }

  /** A register as an expression would write it, with its name where it has one. */
  private String text(final int value) {
    final List<String> names = plan.flow().of(scenario.index()).memory().variables();
    final String literal = shard.variables.get(vu, value).toString();
    return value < names.size() ? names.get(value) + " = " + literal : literal;
  }

  private Preview.Step computed(
      final Preview.Kind kind,
      final long atNs,
      final int pc,
      final long value,
      final Expression of,
      final String text) {
    return new Preview.Step(kind, atNs, pc, value, text, fed || isOpen(of), null);
  }

  private static Preview.Step step(
      final Preview.Kind kind,
      final long atNs,
      final int pc,
      final long value,
      final boolean open) {
    return new Preview.Step(kind, atNs, pc, value, "", open, null);
  }
}
