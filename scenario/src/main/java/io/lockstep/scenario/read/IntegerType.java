package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An integer.
 *
 * @param what it counts, with an article
 * @param min least allowed
 * @param max most allowed
 */
public record IntegerType(String what, long min, long max) implements Type<Long> {
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]{0,39})");

  @Override
  public String expected() {
    return max == Long.MAX_VALUE && min == Long.MIN_VALUE
        ? what
        : what + " from " + min + " to " + max;
  }

  @Override
  public Schema schema(final Schemas in) {
    return max == Long.MAX_VALUE && min == Long.MIN_VALUE
        ? Schema.of("integer", "integer").with("description", "64 bits")
        : Schema.of("integer", "integer")
            .with("description", String.format(Locale.ROOT, "%,d to %,d", min, max))
            .with("minimum", min)
            .with("maximum", max);
  }

  @Override
  public Long read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar) || scalar.kind() != ScalarNode.Kind.INTEGER) {
      return in.wrongType(node, this);
    }
    if (!DECIMAL.matcher(scalar.text()).matches()) {
      return in.bad(
          node,
          scalar.quoted() + " is not plainly decimal",
          "expected " + expected() + ", without leading zeros");
    }
    final BigInteger value = new BigInteger(scalar.text().replace("_", ""));
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      return in.bad(node, scalar.quoted() + " is out of range", "expected " + expected());
    }
    return value.longValueExact();
  }
}
