package io.lockstep.scenario.compile;

import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.expression.Names;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.language.ReadableParts;
import io.lockstep.scenario.language.ReadableParts.Part;
import io.lockstep.scenario.read.Finds;
import io.lockstep.scenario.read.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    setup.ifPresent(part -> check.check(part, new PartialNames(file, part)));
    parts.others().forEach(part -> check.check(part, new PartialNames(file, part)));
  }

  private void check(final Part part, final PartialNames names) {
    for (final Finds finds : part.expressions()) {
      check(finds, names);
    }
    if (names.isUnsure()) {
      diagnostics.furtherChecksWait();
    }
  }

  private void check(final Finds finds, final Names names) {
    finds.of(SourceExpression.class).forEach(expression -> expression.compile(names, in));
    finds.of(SourceTemplate.class).forEach(template -> template.compile(names, in));
  }
}
