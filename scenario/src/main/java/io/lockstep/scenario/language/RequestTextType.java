package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.expression.TemplateType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.util.Optional;

/**
 * A text of a request, which may be a template. What stands around the expressions of a template
 * must be right as it is; what they come to is known when the request is made.
 *
 * @param literal the type of a text without expressions
 * @param isStart whether the rule of {@code literal} is about how a text starts, too
 */
record RequestTextType(TextType literal, boolean isStart) implements Type<RequestTextType.Read> {
  private static final String MARK = "${";

  /** Such a text: without expressions as it is meant, else as the file spells it. */
  record Read(String text, Optional<SourceTemplate> template) {}

  @Override
  public String expected() {
    return literal.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return literal.schema(in);
  }

  @Override
  public Read read(final Node node, final Reading in) {
    final String spelled =
        new TextType(expected(), literal.anyScalar(), any -> Optional.empty()).read(node, in);
    if (spelled == null) {
      return null;
    }
    if (!spelled.contains(MARK)) {
      final String text = literal.read(node, in);
      return text == null ? null : new Read(text, Optional.empty());
    }
    final SourceTemplate template = new TemplateType(expected(), true).read(node, in);
    if (template == null) {
      return null;
    }
    final Optional<String> fault = fault(spelled, template);
    if (fault.isPresent()) {
      in.bad(node, "the text around `${…}` " + fault.get(), "expected " + expected());
      return null;
    }
    return template.isLiteral()
        ? new Read(template.literal(), Optional.empty())
        : new Read(spelled, Optional.of(template));
  }

  /**
   * Without the blanks at its ends, which the expressions there part from the ends of the whole.
   */
  private static String stripped(final String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(final char c) {
    return c == ' ' || c == '\t';
  }

  private Optional<String> fault(final String spelled, final SourceTemplate template) {
    final String around = template.literalParts();
    if (template.isLiteral()) {
      return literal.fault().apply(around);
    }
    return isStart && spelled.startsWith(MARK)
        ? literal.fault().apply("/" + around)
        : literal.fault().apply(isStart ? around : stripped(around));
  }
}
