package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quantity with units, kept exact as a count of the smallest: durations as nanoseconds, sizes as
 * bytes.
 */
public final class UnitType implements Type<Long> {
  private static final int MAX_LENGTH = 64;
  private static final Pattern COUNT = Pattern.compile("[0-9]+");
  private static final Pattern BARE_NUMBER =
      Pattern.compile("[-+]?[0-9_]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([A-Za-zµμ]+)");

  /** Largest first, so that a value's text uses the largest unit that fits. */
  private static final Map<String, Long> DURATION = durationUnits();

  private static final Map<String, Long> SIZE = sizeUnits();

  private final String what;
  private final String example;
  private final Map<String, Long> units;
  private final boolean unitless;
  private final long min;
  private final long max;

  private UnitType(
      final String what,
      final String example,
      final Map<String, Long> units,
      final boolean unitless,
      final long min,
      final long max) {
    this.what = what;
    this.example = example;
    this.units = units;
    this.unitless = unitless;
    this.min = min;
    this.max = max;
  }

  /** Durations from {@code minNs} to {@code maxNs}; a number without a unit is an error. */
  public static UnitType duration(final long minNs, final long maxNs) {
    return new UnitType("a duration", "30s, 1m30s or 250ms", DURATION, false, minNs, maxNs);
  }

  /** Sizes from {@code min} to {@code max} bytes; a number without a unit counts bytes. */
  public static UnitType size(final long min, final long max) {
    return new UnitType("a size", "64KiB or 1500", SIZE, true, min, max);
  }

  private static Map<String, Long> durationUnits() {
    final Map<String, Long> units = new LinkedHashMap<>();
    units.put("h", 3_600_000_000_000L);
    units.put("m", 60_000_000_000L);
    units.put("s", 1_000_000_000L);
    units.put("ms", 1_000_000L);
    units.put("us", 1_000L);
    units.put("ns", 1L);
    return units;
  }

  private static Map<String, Long> sizeUnits() {
    final Map<String, Long> units = new LinkedHashMap<>();
    units.put("GiB", 1L << 30);
    units.put("GB", 1_000_000_000L);
    units.put("MiB", 1L << 20);
    units.put("MB", 1_000_000L);
    units.put("KiB", 1L << 10);
    units.put("kB", 1_000L);
    units.put("B", 1L);
    return units;
  }

  /** A duration as a file spells it: the largest unit that needs no fraction. */
  public static String durationText(final long ns) {
    return text(ns, DURATION, "ns");
  }

  private static String text(final long value, final Map<String, Long> units, final String unit) {
    for (final Map.Entry<String, Long> candidate : units.entrySet()) {
      if (value != 0 && value % candidate.getValue() == 0) {
        return value / candidate.getValue() + candidate.getKey();
      }
    }
    return value + unit;
  }

  /** Parts of number and unit, the units descending, each once; a size may be a plain number. */
  @Override
  public Schema schema(final Schemas in) {
    final StringBuilder pattern = new StringBuilder("^(?=.)");
    for (final String unit : units.keySet()) {
      final String spelled = unit.equals("us") ? "[u\u00b5\u03bc]s" : unit;
      pattern.append("(?:[0-9]+(?:\\.[0-9]+)?").append(spelled).append(")?");
    }
    final Schema text =
        Schema.any().with("title", what.replaceFirst("^an? ", "")).with("description", range());
    return unitless
        ? text.with("type", List.of("string", "integer"))
            .with("pattern", pattern.insert(1, "(?:[0-9]+$|").append(")$").toString())
            .with("minimum", 0)
        : text.with("type", "string").with("pattern", pattern.append('$').toString());
  }

  @Override
  public String expected() {
    return what + " such as " + example;
  }

  /** The least and the most allowed, as a file spells them. */
  public String range() {
    final String smallest = unitless ? "B" : "ns";
    return text(min, units, smallest) + " to " + text(max, units, smallest);
  }

  @Override
  public Long read(final Node node, final Reading in) {
    if (!(node instanceof ScalarNode scalar)
        || scalar.kind() == ScalarNode.Kind.NULL
        || scalar.kind() == ScalarNode.Kind.BOOLEAN) {
      return in.wrongType(node, this, unitNote());
    }
    final String text = scalar.text();
    final boolean shortEnough = text.length() <= MAX_LENGTH;
    if (shortEnough && unitless && COUNT.matcher(text).matches()) {
      return inRange(new BigDecimal(text), scalar, in);
    }
    if (shortEnough && BARE_NUMBER.matcher(text).matches()) {
      return in.bad(node, what + " needs a unit, found " + scalar.quoted(), unitNote());
    }
    final Optional<BigDecimal> sum = shortEnough ? sum(text) : Optional.empty();
    if (sum.isEmpty()) {
      return in.badConstant(
          node, scalar.quoted() + " is not " + what, "expected " + expected(), unitNote());
    }
    return inRange(sum.get(), scalar, in);
  }

  private Long inRange(final BigDecimal value, final ScalarNode node, final Reading in) {
    if (value.stripTrailingZeros().scale() > 0) {
      final String smallest = unitless ? "bytes" : "nanoseconds";
      return in.bad(node, node.quoted() + " is not a whole number of " + smallest);
    }
    if (value.compareTo(BigDecimal.valueOf(min)) < 0
        || value.compareTo(BigDecimal.valueOf(max)) > 0) {
      return in.bad(node, node.quoted() + " is out of range", "allowed: " + range());
    }
    return value.longValueExact();
  }

  private String unitNote() {
    final StringBuilder names = new StringBuilder();
    units.keySet().forEach(name -> names.insert(0, " " + name));
    return "units:" + names;
  }

  /** The sum of all parts, whose units must descend. */
  private Optional<BigDecimal> sum(final String text) {
    final Matcher part = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    long lastFactor = Long.MAX_VALUE;
    int at = 0;
    while (part.find() && part.start() == at) {
      final String unit = part.group(2).replaceFirst("^[µμ]s$", "us");
      final Long factor = units.get(unit);
      if (factor == null || factor >= lastFactor) {
        return Optional.empty();
      }
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(factor)));
      lastFactor = factor;
      at = part.end();
    }
    return at > 0 && at == text.length() ? Optional.of(sum) : Optional.empty();
  }
}
