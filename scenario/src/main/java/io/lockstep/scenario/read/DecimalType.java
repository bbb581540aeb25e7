package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A number, kept exact.
 *
 * @param what it is, with an article
 * @param min least allowed
 * @param max most allowed
 */
public record DecimalType(String what, BigDecimal min, BigDecimal max) implements Type<BigDecimal> {
  /** Longest limit that is written in full. */
  private static final int MAX_SHOWN = 20;

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?[0-9]{1,30}(\\.[0-9]{0,30})?([eE][-+]?[0-9]{1,3})?|[-+]?\\.[0-9]{1,30}");

  @Override
  public String expected() {
    return what + " from " + shown(min) + " to " + shown(max);
  }

  /** A limit that nobody comes near is not spelled out: 1e300. */
  private static String shown(final BigDecimal limit) {
    final String plain = limit.toPlainString();
    return plain.length() <= MAX_SHOWN
        ? plain
        : limit.stripTrailingZeros().toString().replace("E+", "e");
  }

  @Override
  public Schema schema(final Schemas in) {
    return Schema.any()
        .with("title", "number")
        .with("description", shown(min) + " to " + shown(max))
        .with("type", List.of("number", "string"))
        .with("pattern", "^(?:" + NUMBER.pattern() + ")$")
        .with("minimum", min)
        .with("maximum", max);
  }

  @Override
  public BigDecimal read(final Node node, final Reading in) {
    final boolean number =
        node instanceof ScalarNode scalar
            && (scalar.kind() == ScalarNode.Kind.INTEGER
                || scalar.kind() == ScalarNode.Kind.DECIMAL
                || (scalar.kind() == ScalarNode.Kind.TEXT
                    && NUMBER.matcher(scalar.text()).matches()));
    if (!number) {
      return in.wrongType(node, this);
    }
    final ScalarNode numeric = (ScalarNode) node;
    final String text = numeric.text();
    if (!NUMBER.matcher(text).matches()) {
      return in.bad(node, numeric.quoted() + " is not plainly decimal", "expected " + expected());
    }
    final BigDecimal value = new BigDecimal(text);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      return in.bad(node, numeric.quoted() + " is out of range", "expected " + expected());
    }
    return value;
  }
}
