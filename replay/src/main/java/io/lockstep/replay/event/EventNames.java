package io.lockstep.replay.event;

import io.lockstep.engine.core.machine.GivenValue;
import io.lockstep.engine.core.machine.IterationOutcome;
import io.lockstep.engine.core.machine.NoteKind;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.engine.core.machine.Phase;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.machine.VuState;
import io.lockstep.engine.core.metric.CapacityVerdict;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.random.TraceId;
import io.lockstep.scenario.plan.FailureStage;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;

/**
 * Names of the codes and indices in events. A code that has no name, as in a journal that was
 * tampered with, reads as {@code #code}: reading never fails on content.
 */
public final class EventNames {
  private final Plan plan;

  /** Requests that tell the target which trace they are part of. */
  private final BitSet traced = new BitSet();

  /**
   * @param plan of the run, or {@code null} where there is none: indices then stay numbers
   */
  public EventNames(final Plan plan) {
    this.plan = plan;
    if (plan != null) {
      plan.logic().requests().stream()
          .filter(Logic.RequestTexts::isTraced)
          .forEach(texts -> traced.set(texts.request()));
    }
  }

  /** The name of a scenario. */
  public String scenario(final int index) {
    return plan == null || index < 0 || index >= plan.scenarios().size()
        ? unnamed(index)
        : plan.scenarios().get(index).name();
  }

  /** The trace that a request is part of; {@code null} where it is in none, or not known. */
  String trace(final int scenario, final int request, final int vu, final long iteration) {
    if (plan == null
        || scenario < 0
        || scenario >= plan.scenarios().size()
        || request < 0
        || !traced.get(request)) {
      return null;
    }
    return TraceId.of(plan.seed(), plan.scenarios().get(scenario), vu, iteration);
  }

  /** The name of a group. */
  public String group(final int index) {
    return plan == null || index < 0 || index >= plan.measures().groups().size()
        ? unnamed(index)
        : plan.measures().groups().get(index).path();
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

  /** The name of a check of a request. */
  String check(final int request, final int check) {
    if (plan == null
        || request < 0
        || request >= plan.requests().size()
        || check >= plan.requests().get(request).use().checks().size()) {
      return unnamed(check);
    }
    return plan.requests().get(request).use().checks().get(check).name();
  }

  /** The name of the variable of an extraction of a request. */
  String extraction(final int request, final int extraction) {
    if (plan == null
        || request < 0
        || request >= plan.requests().size()
        || extraction >= plan.requests().get(request).use().extractions().size()) {
      return unnamed(extraction);
    }
    return plan.requests().get(request).use().extractions().get(extraction).name();
  }

  /** The name of a value that the setup has left. */
  String setupValue(final int value) {
    return plan == null || value >= plan.phases().values().size()
        ? unnamed(value)
        : plan.phases().values().get(value);
  }

  /** What a value of the setup is. */
  static String valueKind(final int code) {
    return named(code, GivenValue::kind, true);
  }

  /** A value of the setup as an expression would write it; its bytes, where they are but a part. */
  static String value(final int code, final int length, final DirectBuffer bytes) {
    if (length == bytes.capacity()) {
      final byte[] whole = new byte[length];
      bytes.getBytes(0, whole);
      try {
        return GivenValue.of(code, whole).toString();
      } catch (final IllegalArgumentException e) {
        return ContentText.excerpt(bytes); // what was recorded is no value
      }
    }
    return ContentText.excerpt(bytes);
  }

  /** What became of a redirect. */
  String turn(final int code) {
    return named(code, Browser.Turn::of, true);
  }

  /** How a cache answered. */
  static String cacheAnswer(final int code) {
    return switch (code) {
      case 1 -> "fresh";
      case 2 -> "not modified";
      default -> unnamed(code);
    };
  }

  /** A threshold as the file spells it. */
  String threshold(final int index) {
    if (plan == null || index < 0 || index >= plan.measures().thresholds().size()) {
      return unnamed(index);
    }
    final Threshold threshold = plan.measures().thresholds().get(index);
    return threshold.selector() + ": " + threshold.expression().text();
  }

  /** The name of a group as people see it: its scenario's and its path where there are several. */
  public static String groupName(final Plan plan, final int index) {
    final Group group = plan.measures().groups().get(index);
    return plan.scenarios().size() < 2
        ? group.path()
        : plan.scenarios().get(group.scenario()).name() + "/" + group.path();
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

  String failureStage(final int code) {
    return named(code, FailureStage::of, true);
  }

  String bodyFault(final int code) {
    return named(code, BodyFault::of, true);
  }

  String iterationOutcome(final int code) {
    return named(code, IterationOutcome::of, true);
  }

  String note(final int code) {
    return named(code, NoteKind::of, true);
  }

  String command(final int code) {
    return named(code, OperatorCommand::of, true);
  }

  /** What flags of a content say: for example {@code head+body+truncated}. */
  static String kept(final int flags) {
    final StringBuilder text = new StringBuilder();
    flag(text, flags, Content.HEAD, "head");
    flag(text, flags, Content.BODY, "body");
    flag(text, flags, Content.TRUNCATED, "truncated");
    final int unnamed = flags & ~(Content.HEAD | Content.BODY | Content.TRUNCATED);
    if (unnamed != 0 || flags == 0) {
      flag(text, 1, 1, unnamed(unnamed));
    }
    return text.toString();
  }

  private static void flag(
      final StringBuilder text, final int flags, final int flag, final String name) {
    if ((flags & flag) != 0) {
      text.append(text.length() == 0 ? "" : "+").append(name);
    }
  }

  String capacityVerdict(final int code) {
    return named(code, CapacityVerdict::of, true);
  }

  static String thread(final int code) {
    return named(code, ThreadUse.Role::of, true);
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
