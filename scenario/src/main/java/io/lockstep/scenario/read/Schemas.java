package io.lockstep.scenario.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The schemas of types that refer to each other. Objects are written once, under a name of their
 * own, and referred to from everywhere else, so that a type may well have itself as a part.
 */
public final class Schemas {
  private static final String DEFINITIONS = "#/$defs/";

  private final Map<String, Schema> schemaByName = new LinkedHashMap<>();
  private final IdentityHashMap<Type<?>, String> nameByWhole = new IdentityHashMap<>();
  private final IdentityHashMap<Type<?>, String> nameByPart = new IdentityHashMap<>();

  /** Whether the schemas being made are of parts, innermost last. */
  private final Deque<Boolean> parts = new ArrayDeque<>();

  private Schemas() {}

  /**
   * A schema that stands alone: with, under {@code $defs}, all that it refers to.
   *
   * @param dialect URI of the language that it is written in
   * @param root makes it from the schemas of types
   */
  public static Schema document(
      final String title, final String dialect, final Function<Schemas, Schema> root) {
    final Schemas schemas = new Schemas();
    schemas.parts.addLast(false);
    Schema document = Schema.any().with("$schema", dialect).with("title", title);
    for (final Map.Entry<String, Object> keyword : root.apply(schemas).keywords().entrySet()) {
      document = document.with(keyword.getKey(), keyword.getValue());
    }
    return document.with("$defs", schemas.schemaByName);
  }

  /** The schema of a type, to be put where the type is a part of another. */
  public Schema of(final Type<?> type) {
    return type.schema(this);
  }

  /** The same, of a type whose keys may be missing, or be null to take them away. */
  public Schema ofPart(final Type<?> type) {
    return of(type, true);
  }

  /** The same, of a type that must be whole wherever it is. */
  public Schema ofWhole(final Type<?> type) {
    return of(type, false);
  }

  /** Whether keys that are needed may be missing. */
  public boolean isPart() {
    return parts.getLast();
  }

  /**
   * A reference to a type's schema under a name of its own, which is made when it is first asked
   * for.
   *
   * @param label what messages call the type, from which its name is made
   */
  public Schema reference(final Type<?> type, final String label, final Supplier<Schema> schema) {
    final IdentityHashMap<Type<?>, String> nameByType = isPart() ? nameByPart : nameByWhole;
    String name = nameByType.get(type);
    if (name == null) {
      name = freeName(label);
      nameByType.put(type, name);
      schemaByName.put(name, Schema.any());
      schemaByName.put(name, schema.get());
    }
    return Schema.any().with("$ref", DEFINITIONS + name);
  }

  private Schema of(final Type<?> type, final boolean part) {
    parts.addLast(part);
    final Schema schema = type.schema(this);
    parts.removeLast();
    return schema;
  }

  private String freeName(final String label) {
    final String name =
        (isPart() ? "part-of-" : "")
            + slug(label.replaceFirst("^an? ", "").replaceFirst(":.*", ""));
    String free = name;
    for (int i = 2; schemaByName.containsKey(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private static String slug(final String label) {
    return label
        .toLowerCase(Locale.ROOT)
        .replace("'", "")
        .replaceAll("[^a-z0-9_]+", "-")
        .replaceAll("^-|-$", "");
  }
}
