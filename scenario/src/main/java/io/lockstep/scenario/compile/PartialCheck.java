package io.lockstep.scenario.compile;

import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.expression.ExpressionException;
import io.lockstep.scenario.expression.Names;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.language.ReadableParts;
import io.lockstep.scenario.language.ReadableParts.Part;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import io.lockstep.scenario.read.Finds;
import io.lockstep.scenario.read.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks up the names in the expressions of a file that has errors elsewhere, so that all are told
 * at once. What may be right once those errors are mended is not called wrong.
 */
public final class PartialCheck {
  private final Diagnostics diagnostics;
  private final Reading in;

  private PartialCheck(final Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    in = new Reading(diagnostics);
  }

  /**
   * Reports what is wrong with the expressions of a file.
   *
   * @param columnsByFeeder of those feeders whose data can be read
   * @param environment looks up variables of the environment
   */
  public static void report(
      final ReadableParts parts,
      final Map<String, List<String>> columnsByFeeder,
      final Environment environment,
      final Diagnostics diagnostics) {
    final PartialCheck check = new PartialCheck(diagnostics);
    final Optional<Part> setup = parts.setup();
    final PartialNames.File file =
        PartialNames.File.of(parts, columnsByFeeder, environment, setup.orElse(null));
    final List<Part> others = parts.others();
    final List<Part> all = Stream.concat(setup.stream(), others.stream()).toList();
    for (final Part part : all) {
      final PartialNames names = new PartialNames(file, part);
      check.check(part, names);
      check.rules(part, names, rules(parts, part));
    }
    check.bodies(parts, setup, others);
  }

  private void check(final Part part, final PartialNames names) {
    for (final Finds finds : part.expressions()) {
      check(finds, names);
    }
    if (names.isUnsure()) {
      diagnostics.furtherChecksWait();
    }
  }

  private static ExpressionRules rules(final ReadableParts parts, final Part part) {
    final Map<String, Feeder> feederByName = new TreeMap<>();
    parts.feeders().forEach(feeder -> feederByName.put(feeder.name(), feeder));
    final List<ExpressionRules.FeederUse> uses = new ArrayList<>();
    for (final String name : parts.feederNames().orElse(Set.of())) {
      final Feeder known = feederByName.get(name);
      uses.add(
          known == null ? null : new ExpressionRules.FeederUse(name, known.mode(), known.per()));
    }
    return new ExpressionRules(uses, parts.recording().orElse(null), part.phase());
  }

  /** What is right by itself, and cannot be used where it is; what is wrong was reported before. */
  private void rules(final Part part, final PartialNames names, final ExpressionRules rules) {
    if (names.isUnsure()) {
      return;
    }
    part.expressions().forEach(finds -> rules(finds, false, names, rules));
    rules(part.once(), true, names, rules);
  }

  private void rules(
      final Finds finds, final boolean once, final Names names, final ExpressionRules rules) {
    for (final SourceExpression source : finds.of(SourceExpression.class)) {
      compiled(source, names)
          .ifPresent(
              expression ->
                  rules.check(
                      expression, once, (message, advice) -> source.reject(in, message, advice)));
    }
    for (final SourceTemplate source : finds.of(SourceTemplate.class)) {
      compiled(source, names)
          .ifPresent(
              template -> {
                for (int i = 0; i < template.expressions(); i++) {
                  rules.check(
                      template.expression(i),
                      once,
                      (message, advice) -> source.reject(in, message, advice));
                }
              });
    }
  }

  private static Optional<Expression> compiled(final SourceExpression source, final Names names) {
    try {
      return Optional.of(source.compile(names));
    } catch (final ExpressionException e) {
      return Optional.empty(); // reported before, with all that is wrong with it
    }
  }

  private static Optional<Template> compiled(final SourceTemplate source, final Names names) {
    try {
      return Optional.of(source.compile(names));
    } catch (final ExpressionException e) {
      return Optional.empty(); // reported before, with all that is wrong with it
    }
  }

  /** The first request that reads a body where none is kept, as a file without errors has it. */
  private void bodies(
      final ReadableParts parts, final Optional<Part> setup, final List<Part> others) {
    final List<Part> order = new ArrayList<>(others);
    setup.ifPresent(
        part -> order.add((int) others.stream().filter(o -> o.phase().isEmpty()).count(), part));
    for (final Part part : order) {
      for (final Finds finds : part.expressions()) {
        for (final Request request : finds.of(Request.class)) {
          final Optional<String> conflict =
              request.use().readsBody()
                  ? parts.recording().flatMap(r -> r.conflict(request.name(), Capture.BODY))
                  : Optional.empty();
          if (conflict.isPresent()) {
            in.conflict(
                parts.recordingOffset(),
                conflict.get(),
                "the request is in " + part.place(),
                Recording.BODIES_ADVICE);
            return;
          }
        }
      }
    }
  }

  private void check(final Finds finds, final Names names) {
    finds.of(SourceExpression.class).forEach(expression -> expression.compile(names, in));
    finds.of(SourceTemplate.class).forEach(template -> template.compile(names, in));
  }
}
