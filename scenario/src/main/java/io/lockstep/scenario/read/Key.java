package io.lockstep.scenario.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A key of an object.
 *
 * @param name in the file
 * @param type of its value
 * @param required whether it must be there
 * @param absent value where it is not there; may be {@code null}
 * @param defaultText that value as the file would spell it; empty where there is none
 * @param description one sentence without its full stop
 * @param <T> what its value is read to
 */
public record Key<T>(
    String name,
    Type<? extends T> type,
    boolean required,
    T absent,
    String defaultText,
    String description) {

  /** What an editor is told of its value, and of what stands where there is none. */
  Schema schema(final Schemas in) {
    final Schema value = in.of(type);
    final Object limits = value.get("description");
    final Schema described =
        value.with("description", limits == null ? description : description + " (" + limits + ")");
    final Schema schema =
        defaultText.isEmpty() ? described : described.with("default", defaultValue());
    if (!in.isPart()) {
      return schema;
    }
    return Schema.any()
        .with("description", described.get("description"))
        .with("anyOf", List.of(schema, Schema.of("nothing", "null")));
  }

  /** The default as JSON has it, so that an editor puts in what a file would say. */
  private Object defaultValue() {
    if (absent instanceof Number && defaultText.matches("-?[0-9]+(\\.[0-9]+)?")) {
      return new BigDecimal(defaultText);
    }
    if (absent instanceof Boolean && defaultText.matches("true|false")) {
      return absent;
    }
    return switch (defaultText) {
      case "{}" -> Map.of();
      case "[]" -> List.of();
      case "\"\"" -> "";
      default -> defaultText;
    };
  }

  /** A key that must be there. */
  public static <T> Key<T> required(
      final String name, final Type<? extends T> type, final String description) {
    return new Key<>(name, type, true, null, "", description);
  }

  /** A key whose absence is {@code null}. */
  public static <T> Key<T> optional(
      final String name, final Type<? extends T> type, final String description) {
    return new Key<>(name, type, false, null, "", description);
  }

  /** A key with a default. */
  public static <T> Key<T> optional(
      final String name,
      final Type<? extends T> type,
      final T absent,
      final String defaultText,
      final String description) {
    return new Key<>(name, type, false, absent, defaultText, description);
  }
}
