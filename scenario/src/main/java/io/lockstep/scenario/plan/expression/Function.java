package io.lockstep.scenario.plan.expression;

import static io.lockstep.scenario.plan.expression.Kind.ANY;
import static io.lockstep.scenario.plan.expression.Kind.NUMBER;
import static io.lockstep.scenario.plan.expression.Kind.NUMERIC;
import static io.lockstep.scenario.plan.expression.Kind.SCALAR;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of the language: their arguments, what they give and what they need. The order is
 * that of the codes in compiled expressions.
 */
public enum Function {
  /** A random UUID, version 4. */
  UUID(0, "uuid()", 0, Kind.TEXT.mask(), Trait.RANDOM),
  /** A random whole number, both bounds included. */
  INT(1, "int(min, max)", 2, Kind.LONG.mask(), Trait.RANDOM, NUMERIC, NUMERIC),
  /** A random number from a bound up to another one, perhaps rounded. */
  FLOAT(
      2,
      "float(min, max[, decimals])",
      2,
      Kind.DOUBLE.mask(),
      Trait.RANDOM,
      NUMERIC,
      NUMERIC,
      NUMERIC),
  /** One of the arguments, or one item of a list. */
  CHOICE(3, "choice(a, b, …)", 1, ANY, Trait.CHOICE, ANY),
  /** Random letters and digits. */
  STRING(4, "string(length)", 1, Kind.TEXT.mask(), Trait.RANDOM, NUMERIC),
  /** Random hexadecimal digits. */
  HEX(5, "hex(length)", 1, Kind.TEXT.mask(), Trait.RANDOM, NUMERIC),
  /** A random person's name. */
  NAME(6, "name()", 0, Kind.TEXT.mask(), Trait.RANDOM),
  /** A random address at a domain that is reserved for examples. */
  EMAIL(7, "email()", 0, Kind.TEXT.mask(), Trait.RANDOM),
  /** Milliseconds since 1970 of the run's virtual time. */
  NOW(8, "now()", 0, Kind.LONG.mask(), Trait.CLOCK),
  /** The run's virtual time by a pattern, in UTC. */
  DATE(9, "date(pattern[, offset])", 1, Kind.TEXT.mask(), Trait.CLOCK, SCALAR, SCALAR),
  /** The next number of a counter. */
  COUNTER(10, "counter(name)", 1, Kind.LONG.mask(), Trait.NAMED, Kind.TEXT.mask()),
  /** A header of the last response. */
  HEADER(11, "header(name)", 1, Kind.TEXT.mask() | Kind.NULL.mask(), Trait.NAMED, Kind.TEXT.mask()),
  /** What a JSONPath finds in the body of the last response. */
  JSON(12, "json(path)", 1, ANY, Trait.NAMED, Kind.TEXT.mask()),
  /** Base64 of the UTF-8 bytes. */
  BASE64(13, "base64(x)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR),
  /** The text whose UTF-8 bytes are given in base64, of either alphabet. */
  BASE64_DECODE(14, "base64_decode(x)", 1, Kind.TEXT.mask(), Trait.PURE, SCALAR),
  /** Percent-encoded, but for letters, digits and {@code -._~}. */
  URLENCODE(15, "urlencode(x)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR),
  /** Percent-decoded; a plus is a space. */
  URL_DECODE(16, "url_decode(x)", 1, Kind.TEXT.mask(), Trait.PURE, SCALAR),
  /** As JSON: a text in quotes. */
  JSON_TEXT(17, "json_text(x)", 1, Kind.TEXT.mask(), Trait.SECRET, ANY),
  /** SHA-256 of the UTF-8 bytes. */
  SHA256(18, "sha256(x[, coding])", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR, Kind.TEXT.mask()),
  /** The keyed digest of RFC 2104. */
  HMAC(
      19,
      "hmac(algorithm, key, x[, coding])",
      3,
      Kind.TEXT.mask(),
      Trait.SECRET,
      Kind.TEXT.mask(),
      SCALAR,
      SCALAR,
      Kind.TEXT.mask()),
  /** Characters of a text, items of a list. */
  LEN(20, "len(x)", 1, Kind.LONG.mask(), Trait.PURE, SCALAR | Kind.LIST.mask()),
  /** In upper case. */
  UPPER(21, "upper(x)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR),
  /** In lower case. */
  LOWER(22, "lower(x)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR),
  /** Without blanks at its ends. */
  TRIM(23, "trim(x)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR),
  /** From a character up to another one. */
  SUBSTRING(
      24, "substring(x, from[, to])", 2, Kind.TEXT.mask(), Trait.PURE, SCALAR, NUMERIC, NUMERIC),
  /** With each occurrence of a text replaced. */
  REPLACE(25, "replace(x, old, new)", 3, Kind.TEXT.mask(), Trait.PURE, SCALAR, SCALAR, SCALAR),
  /** Whether a text has another one in it, or a list an item. */
  CONTAINS(26, "contains(x, part)", 2, Kind.BOOLEAN.mask(), Trait.PURE, ANY, ANY),
  /** Whether a text starts with another one. */
  STARTS_WITH(27, "starts_with(x, part)", 2, Kind.BOOLEAN.mask(), Trait.PURE, SCALAR, SCALAR),
  /** Whether a text ends with another one. */
  ENDS_WITH(28, "ends_with(x, part)", 2, Kind.BOOLEAN.mask(), Trait.PURE, SCALAR, SCALAR),
  /** Whether a regular expression is found in a text. */
  MATCHES(29, "matches(x, pattern)", 2, Kind.BOOLEAN.mask(), Trait.PURE, SCALAR, Kind.TEXT.mask()),
  /** The number that a text spells. */
  NUMBER_OF(30, "number(x)", 1, NUMBER, Trait.PURE, NUMERIC),
  /** The text of a value. */
  TEXT_OF(31, "text(x)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR | Kind.LIST.mask()),
  /** The first of its arguments that is not null. */
  DEFAULT(32, "default(x, other)", 2, ANY, Trait.PURE, ANY, ANY),
  /** The largest whole number that is not larger. */
  FLOOR(33, "floor(x)", 1, Kind.LONG.mask(), Trait.PURE, NUMERIC),
  /** The nearest whole number; of two the larger. */
  ROUND(34, "round(x)", 1, Kind.LONG.mask(), Trait.PURE, NUMERIC),
  /** The smaller number. */
  MIN(35, "min(a, b)", 2, NUMBER, Trait.PURE, NUMERIC, NUMERIC),
  /** The larger number. */
  MAX(36, "max(a, b)", 2, NUMBER, Trait.PURE, NUMERIC, NUMERIC),
  /** The items of a list as one text. */
  JOIN(37, "join(list, separator)", 2, Kind.TEXT.mask(), Trait.PURE, Kind.LIST.mask(), SCALAR),
  /** The parts of a text between separators. */
  SPLIT(38, "split(x, separator)", 2, Kind.LIST.mask(), Trait.PURE, SCALAR, SCALAR),
  /** A path that parameters can be put behind. */
  FOR_QUERY(39, "for_query(path)", 1, Kind.TEXT.mask(), Trait.SECRET, SCALAR),
  /** So many whole numbers from 0 on. */
  RANGE(40, "range(n)", 1, Kind.LIST.mask(), Trait.PURE, NUMERIC),
  /** What a JSONPath finds in a text: the function {@code json} with two arguments. */
  JSON_OF(41, "json(x, path)", 2, ANY, Trait.PURE, SCALAR, Kind.TEXT.mask());

  /** What a function needs besides its arguments. */
  public enum Trait {
    /** Nothing, and its argument must not be a secret. */
    PURE,
    /** Nothing; of a secret it gives a text without ever failing. */
    SECRET,
    /** A random draw. */
    RANDOM,
    /** A random draw that gives one of its arguments. */
    CHOICE,
    /** The time. */
    CLOCK,
    /** A name that is known at load. */
    NAMED
  }

  private static final Function[] BY_CODE = values();
  private static final Map<String, Function> BY_NAME = byName();

  private final int code;
  private final String signature;
  private final int min;
  private final int result;
  private final Trait trait;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it: there is no immutable array
  private final int[] arguments;

  Function(
      final int code,
      final String signature,
      final int min,
      final int result,
      final Trait trait,
      final int... arguments) {
    this.code = code;
    this.signature = signature;
    this.min = min;
    this.result = result;
    this.trait = trait;
    this.arguments = arguments;
  }

  private static Map<String, Function> byName() {
    final Map<String, Function> byName = new LinkedHashMap<>();
    for (final Function each : BY_CODE) {
      byName.putIfAbsent(each.functionName(), each);
    }
    return byName;
  }

  /** The function of a code. */
  public static Function of(final int code) {
    return BY_CODE[code];
  }

  /** The function of a name, if there is one. */
  public static Optional<Function> named(final String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** This one, or that of the same name which takes so many arguments. */
  public Function with(final int count) {
    return this == JSON && count == JSON_OF.min ? JSON_OF : this;
  }

  /** All names, in the order of the reference. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** Its code. */
  public int code() {
    return code;
  }

  /** Its name in the language. */
  public String functionName() {
    return signature.substring(0, signature.indexOf('('));
  }

  /** Name and arguments, as the reference shows them. */
  public String signature() {
    return signature;
  }

  public int minArguments() {
    return min;
  }

  public int maxArguments() {
    return this == CHOICE ? ExpressionLimits.MAX_ARGUMENTS : arguments.length;
  }

  /** Kinds that an argument may have; further ones are as the last. */
  public int argument(final int index) {
    return arguments[Math.min(index, arguments.length - 1)];
  }

  /** Kinds that it may give. */
  public int result() {
    return result;
  }

  public Trait trait() {
    return trait;
  }

  /** Whether each call draws. */
  public boolean draws() {
    return trait == Trait.RANDOM || trait == Trait.CHOICE;
  }

  /** Whether it needs nothing but its arguments. */
  public boolean isPure() {
    return trait == Trait.PURE || trait == Trait.SECRET;
  }

  /** Whether an argument must be a text that is known at load. */
  public boolean isLiteral(final int index) {
    return switch (this) {
      case COUNTER, HEADER, JSON -> index == 0;
      case SHA256, MATCHES, JSON_OF -> index == 1;
      case HMAC -> index == 0 || index == 3;
      default -> false;
    };
  }
}
