package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Text.
 *
 * @param expected what it is
 * @param anyScalar whether a number or boolean counts as its own spelling
 * @param fault what is wrong with a text, if anything: a clause after "the text …"
 */
public record TextType(String expected, boolean anyScalar, Function<String, Optional<String>> fault)
    implements Type<String> {
  @Override
  public Schema schema(final Schemas in) {
    return anyScalar
        ? Schema.any().with("title", "text").with("type", List.of("string", "number", "boolean"))
        : Schema.of("text", "string");
  }

  @Override
  public String read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar) || scalar.kind() == ScalarNode.Kind.NULL) {
      return in.wrongType(node, this);
    }
    if (scalar.kind() != ScalarNode.Kind.TEXT && !anyScalar) {
      return in.wrongType(
          node, this, "put it in quotes: \"" + ScalarNode.shown(scalar.text()) + "\"");
    }
    final Optional<String> found =
        hasLoneSurrogate(scalar.text())
            ? Optional.of("has half of a surrogate pair, which no text can hold")
            : fault.apply(scalar.text());
    if (found.isPresent()) {
      return in.bad(node, scalar.quoted() + " " + found.get(), "expected " + expected);
    }
    return scalar.text();
  }

  private static boolean hasLoneSurrogate(final String text) {
    int at = 0;
    while (at < text.length()) {
      final int c = text.codePointAt(at);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        return true;
      }
      at += Character.charCount(c);
    }
    return false;
  }
}
