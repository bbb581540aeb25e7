package io.lockstep.scenario.language;

import io.lockstep.scenario.read.EnumType;
import java.util.LinkedHashMap;
import java.util.Map;

/** True and false. */
final class Booleans {
  static final EnumType<Boolean> TYPE = type();

  /** True alone: a key whose presence says it all. */
  static final EnumType<Boolean> ONLY_TRUE = new EnumType<>(Map.of("true", true));

  private Booleans() {}

  private static EnumType<Boolean> type() {
    final Map<String, Boolean> valueByWord = new LinkedHashMap<>();
    valueByWord.put("true", true);
    valueByWord.put("false", false);
    return new EnumType<>(valueByWord);
  }
}
