package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.expression.TemplateType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of what says who asks: a text or a template, with secrets in it or without.
 *
 * @param expected what it is, with an article
 * @param fault what is wrong with what stands around its expressions, if anything
 */
record CredentialType(String expected, Function<String, Optional<String>> fault)
    implements Type<SourceTemplate> {
  @Override
  public Schema schema(final Schemas in) {
    return template().schema(in);
  }

  @Override
  public SourceTemplate read(final Node node, final Reading in) {
    final SourceTemplate template = template().read(node, in);
    if (template == null) {
      return null;
    }
    if (template.isLiteral() && template.literal().isEmpty()) {
      in.bad(node, expected + " cannot be empty");
      return null;
    }
    final String around = template.literalParts();
    final Optional<String> clause = fault.apply(template.isLiteral() ? around : around.strip());
    if (clause.isPresent()) {
      in.bad(node, expected + " " + clause.get());
      return null;
    }
    return template;
  }

  private TemplateType template() {
    return new TemplateType(expected, true);
  }
}
