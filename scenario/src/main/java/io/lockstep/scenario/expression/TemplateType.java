package io.lockstep.scenario.expression;

import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;
import java.util.Optional;

/**
 * A template. Syntax is checked when it is read; names, kinds and constants when it is compiled.
 *
 * @param expected what it is, with an article
 * @param secretsAllowed whether secrets may be in it: in requests only
 */
public record TemplateType(String expected, boolean secretsAllowed)
    implements Type<SourceTemplate> {
  @Override
  public SourceTemplate read(final Node node, final Reading in) {
    final String text = text().read(node, in);
    if (text == null) {
      return null;
    }
    final Place place = Place.of((ScalarNode) node);
    try {
      final SourceTemplate template = SourceTemplate.parse(text, secretsAllowed, place);
      in.found(template);
      return template;
    } catch (final ParseException e) {
      place.report(List.of(e.fault()), in);
      return null;
    }
  }

  @Override
  public Schema schema(final Schemas in) {
    return text().schema(in);
  }

  private TextType text() {
    return new TextType(expected, true, any -> Optional.empty());
  }
}
