package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object whose keys depend on the value of one of them.
 *
 * @param <T> what it is read to
 */
public final class VariantType<T> implements Type<T> {
  private final String label;
  private final String selector;
  private final Map<String, ObjectType<? extends T>> variantByName;
  private final Optional<Type<? extends T>> shorthand;

  /**
   * A variant type.
   *
   * @param label what messages call it
   * @param selector the key that decides
   * @param variantByName in the order of the reference
   * @param shorthand type of a scalar that may stand for the object
   */
  public VariantType(
      final String label,
      final String selector,
      final Map<String, ObjectType<? extends T>> variantByName,
      final Optional<Type<? extends T>> shorthand) {
    this.label = label;
    this.selector = selector;
    this.variantByName = new LinkedHashMap<>(variantByName);
    this.shorthand = shorthand;
  }

  @Override
  public String expected() {
    return label;
  }

  @Override
  public Schema schema(final Schemas in) {
    final String title = label.replaceFirst("^an? ", "").replaceFirst(":.*", "");
    final List<Schema> forms = new ArrayList<>();
    shorthand.ifPresent(type -> forms.add(in.of(type)));
    if (in.isPart()) {
      forms.add(in.reference(this, label, () -> part(in)));
      return Schema.oneOf(title, forms);
    }
    forms.add(in.reference(this, label, () -> whole(title, in)));
    return forms.size() == 1 ? forms.get(0).with("title", title) : Schema.oneOf(title, forms);
  }

  private Schema whole(final String title, final Schemas in) {
    final List<Schema> forms = new ArrayList<>();
    variantByName.forEach(
        (name, variant) ->
            forms.add(
                in.reference(
                    variant,
                    variant.expected(),
                    () ->
                        variant.schema(
                            in,
                            Map.of(
                                selector,
                                Schema.any()
                                    .with("title", "word")
                                    .with("description", "the kind of " + title)
                                    .with("const", name))))));
    return Schema.oneOf(title, forms);
  }

  /** Which variant it becomes is not known before it is laid over something. */
  private Schema part(final Schemas in) {
    final Map<String, Set<Schema>> schemasByKey = new LinkedHashMap<>();
    final Schema names =
        Schema.any().with("title", "word").with("enum", List.copyOf(variantByName.keySet()));
    schemasByKey.put(selector, new LinkedHashSet<>(List.of(names)));
    for (final ObjectType<?> variant : variantByName.values()) {
      for (final Key<?> key : variant.keys()) {
        schemasByKey.computeIfAbsent(key.name(), name -> new LinkedHashSet<>()).add(key.schema(in));
      }
    }
    final Map<String, Schema> properties = new LinkedHashMap<>();
    schemasByKey.forEach(
        (name, schemas) ->
            properties.put(
                name,
                schemas.size() == 1
                    ? schemas.iterator().next()
                    : Schema.anyOf("of any kind", schemas)));
    return Schema.of("map", "object")
        .with("properties", properties)
        .with("additionalProperties", false);
  }

  /** The key that decides. */
  public String selector() {
    return selector;
  }

  /** The object types, by the value of the key that decides. */
  public Map<String, ObjectType<? extends T>> variants() {
    return new LinkedHashMap<>(variantByName);
  }

  @Override
  public T read(final Node node, final Reading in) {
    if (node instanceof MapNode map) {
      return readMap(map, in);
    }
    if (shorthand.isPresent() && node instanceof ScalarNode) {
      return shorthand.get().read(node, in);
    }
    return in.wrongType(node, this, "`" + selector + "` is one of: " + names());
  }

  private T readMap(final MapNode map, final Reading in) {
    final Node selected = map.get(selector);
    if (selected == null) {
      in.missing(map.offset(), label + " needs `" + selector + "`", "one of: " + names());
      return readUndecided(map, in);
    }
    if (!(selected instanceof ScalarNode scalar) || !variantByName.containsKey(scalar.text())) {
      unknownVariant(selected, in);
      return readUndecided(map, in);
    }
    final Map<String, String> elsewhere = elsewhere(scalar.text());
    return variantByName.get(scalar.text()).read(map, in, List.of(selector), elsewhere);
  }

  /** Reports what is wrong whichever variant is meant. */
  private T readUndecided(final MapNode map, final Reading in) {
    for (final MapNode.Entry entry : map.entries()) {
      if (!entry.key().equals(selector)) {
        final List<Key<?>> keys = keysNamed(entry.key());
        if (keys.isEmpty()) {
          unknownEverywhere(entry, in);
        } else if (keys.stream().map(Key::type).distinct().count() == 1) {
          ObjectType.check(keys.get(0), entry, in);
        }
      }
    }
    return null;
  }

  private List<Key<?>> keysNamed(final String name) {
    final List<Key<?>> keys = new ArrayList<>();
    for (final ObjectType<?> variant : variantByName.values()) {
      variant.keys().stream().filter(key -> key.name().equals(name)).forEach(keys::add);
    }
    return keys;
  }

  private void unknownEverywhere(final MapNode.Entry entry, final Reading in) {
    final Set<String> allowed = new LinkedHashSet<>(List.of(selector));
    for (final ObjectType<?> variant : variantByName.values()) {
      variant.keys().forEach(key -> allowed.add(key.name()));
    }
    in.unknown(
        Diagnostic.Kind.UNKNOWN_KEY,
        entry.keyOffset(),
        label + " has no key `" + ScalarNode.shown(entry.key()) + "`",
        entry.key(),
        allowed,
        List.of());
  }

  private void unknownVariant(final Node selected, final Reading in) {
    final boolean scalar = selected instanceof ScalarNode;
    in.unknown(
        Diagnostic.Kind.BAD_VALUE,
        selected.offset(),
        "`"
            + selector
            + "` cannot be "
            + (scalar ? ((ScalarNode) selected).quoted() : selected.describe()),
        scalar ? ((ScalarNode) selected).text() : "",
        variantByName.keySet(),
        List.of());
  }

  /** Notes on the keys that only other variants have. */
  private Map<String, String> elsewhere(final String chosen) {
    final Map<String, String> noteByKey = new HashMap<>();
    variantByName.forEach(
        (name, variant) -> {
          if (!name.equals(chosen)) {
            for (final Key<?> key : variant.keys()) {
              noteByKey.putIfAbsent(
                  key.name(), "`" + key.name() + "` belongs to `" + selector + ": " + name + "`");
            }
          }
        });
    return noteByKey;
  }

  private String names() {
    return String.join(", ", variantByName.keySet());
  }
}
