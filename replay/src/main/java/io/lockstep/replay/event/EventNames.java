package io.lockstep.replay.event;

import io.lockstep.engine.core.machine.IterationOutcome;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.machine.Phase;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.machine.VuState;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Names of the codes and indices in events. A code that has no name, as in a journal that was
 * tampered with, reads as {@code #code}: reading never fails on content.
 */
public final class EventNames {
  private final Plan plan;

  /**
   * @param plan of the run, or {@code null} where there is none: indices then stay numbers
   */
  public EventNames(final Plan plan) {
    this.plan = plan;
  }

  /** The name of a scenario. */
  public String scenario(final int index) {
    return plan == null || index < 0 || index >= plan.scenarios().size()
        ? unnamed(index)
        : plan.scenarios().get(index).name();
  }

  /** The name of a group. */
  public String group(final int index) {
    return plan == null || index < 0 || index >= plan.flow().groups().size()
        ? unnamed(index)
        : plan.flow().groups().get(index).name();
  }

  /** The name of a request: its scenario's and its own where the plan has several scenarios. */
  public String request(final int index) {
    if (plan == null || index < 0 || index >= plan.requests().size()) {
      return unnamed(index);
    }
    return requestName(plan, index);
  }

  /** The name of a request as people see it: its scenario's and its own where there are several. */
  public static String requestName(final Plan plan, final int index) {
    final String name = plan.requests().get(index).name();
    return plan.scenarios().size() < 2
        ? name
        : plan.scenarios().get(plan.requests().get(index).scenario()).name() + "/" + name;
  }

  String state(final int code) {
    return named(code, VuState::of, false);
  }

  String phase(final int code) {
    return named(code, Phase::of, true);
  }

  String transport(final int code) {
    return named(code, TransportKind::of, true);
  }

  String runOutcome(final int code) {
    return named(code, RunOutcome::of, true);
  }

  String requestOutcome(final int code) {
    return named(code, RequestOutcome::of, true);
  }

  String iterationOutcome(final int code) {
    return named(code, IterationOutcome::of, true);
  }

  String command(final int code) {
    return named(code, OperatorCommand::of, true);
  }

  String capacityVerdict(final int code) {
    return named(code, CapacityVerdict::of, true);
  }

  private static String named(
      final int code, final IntFunction<? extends Enum<?>> values, final boolean lower) {
    try {
      final String name = values.apply(code).name();
      return lower ? name.toLowerCase(Locale.ROOT) : name;
    } catch (final IllegalArgumentException unknown) {
      return unnamed(code);
    }
  }

  private static String unnamed(final int code) {
    return "#" + code;
  }
}
