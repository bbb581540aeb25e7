package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Check.Literal;
import io.lockstep.scenario.read.DecimalType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A single value of any kind but nothing. Numbers have one spelling whatever the file's is. */
final class LiteralType implements Type<Literal> {
  private static final BigDecimal LARGEST = new BigDecimal("1e300");
  private static final DecimalType NUMBER = new DecimalType("a number", LARGEST.negate(), LARGEST);
  private static final TextType TEXT = new TextType("text", false, text -> Optional.empty());

  /** A number in its one spelling. */
  static final Type<String> NUMBER_TEXT = new MappedType<>(NUMBER, LiteralType::plain);

  @Override
  public String expected() {
    return "text, a number, true or false";
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.any()
        .with("title", "text, number or boolean")
        .with("type", List.of("string", "number", "boolean"));
  }

  @Override
  public Literal read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar)) {
      return in.wrongType(node, this);
    }
    return switch (scalar.kind()) {
      case TEXT -> {
        final String text = TEXT.read(node, in);
        yield text == null ? null : new Literal(Literal.Kind.TEXT, text);
      }
      case INTEGER, DECIMAL -> {
        final BigDecimal number = NUMBER.read(node, in);
        yield number == null ? null : new Literal(Literal.Kind.NUMBER, plain(number));
      }
      case BOOLEAN -> {
        yield scalar.text().equals("true") || scalar.text().equals("false")
            ? new Literal(Literal.Kind.BOOLEAN, scalar.text())
            : in.bad(
                node,
                scalar.quoted() + " is true or false to some readers of YAML, text to others",
                "write true or false, or put it in quotes: \"" + scalar.text() + "\"");
      }
      case NULL -> in.wrongType(node, this);
    };
  }

  private static String plain(final BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
