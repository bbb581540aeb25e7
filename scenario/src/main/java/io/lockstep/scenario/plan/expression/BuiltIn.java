package io.lockstep.scenario.plan.expression;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names that every expression knows: of the VU, and of the last response. The order is that of the
 * codes in compiled expressions.
 */
public enum BuiltIn {
  /** Number of the VU over the whole run, from 0. */
  VU(0, Kind.LONG.mask(), false),
  /** Number of the iteration of this VU, or of the arrival, from 0. */
  ITERATION(1, Kind.LONG.mask(), false),
  /** Name of the scenario. */
  SCENARIO(2, Kind.TEXT.mask(), false),
  /** Seed of the run. */
  SEED(3, Kind.LONG.mask(), false),
  /** HTTP status of the last response; 0 where there was none. */
  STATUS(4, Kind.LONG.mask(), true),
  /** Service time of the last request in milliseconds. */
  DURATION(5, Kind.DOUBLE.mask(), true),
  /** Response time of the last request, from its intended start, in milliseconds. */
  RESPONSE_TIME(6, Kind.DOUBLE.mask(), true),
  /** Bytes of the last response's body. */
  SIZE(7, Kind.LONG.mask(), true),
  /** Body of the last response as text; null where there was none. */
  BODY(8, Kind.TEXT.mask() | Kind.NULL.mask(), true),
  /** Whether the last request failed. */
  FAILED(9, Kind.BOOLEAN.mask(), true),
  /** Name of the last request's error; null where there was none. */
  ERROR(10, Kind.TEXT.mask() | Kind.NULL.mask(), true);

  /** Words with a meaning of their own, which are no names of anything else. */
  private static final List<String> WORDS = List.of("true", "false", "null", "env", "secrets");

  private static final BuiltIn[] BY_CODE = values();
  private static final Map<String, BuiltIn> BY_NAME = byName();

  private final int code;
  private final int kinds;
  private final boolean ofResponse;

  BuiltIn(final int code, final int kinds, final boolean ofResponse) {
    this.code = code;
    this.kinds = kinds;
    this.ofResponse = ofResponse;
  }

  private static Map<String, BuiltIn> byName() {
    final Map<String, BuiltIn> byName = new LinkedHashMap<>();
    for (final BuiltIn each : BY_CODE) {
      byName.put(each.word(), each);
    }
    return byName;
  }

  /** The built-in name of a code. */
  public static BuiltIn of(final int code) {
    return BY_CODE[code];
  }

  /** The built-in name that is spelled so, if there is one. */
  public static Optional<BuiltIn> named(final String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, in the order of the reference. */
  public static List<String> names() {
    return Arrays.stream(BY_CODE).map(BuiltIn::word).toList();
  }

  /** Whether no variable, constant or data source can have this name. */
  public static boolean isReserved(final String name) {
    return WORDS.contains(name) || named(name).isPresent();
  }

  /** As the language spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its code. */
  public int code() {
    return code;
  }

  /** Kinds that it may have. */
  public int kinds() {
    return kinds;
  }

  /** Whether it is of the last response. */
  public boolean isOfResponse() {
    return ofResponse;
  }
}
