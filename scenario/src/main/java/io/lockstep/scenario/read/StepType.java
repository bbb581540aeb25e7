package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object whose kind is decided by which key it has: exactly one of those that name a kind. The
 * deciding key is one of the kind's own keys.
 *
 * @param <T> what it is read to
 */
public final class StepType<T> implements Type<T> {
  private final String label;
  private final Map<String, ObjectType<? extends T>> variantByKey;

  /** What to say of keys that no kind has, by name. */
  private final Map<String, String> notes = new LinkedHashMap<>();

  /**
   * A step type.
   *
   * @param label what messages call it
   * @param variantByKey the kinds by their deciding keys, in the order of the reference
   */
  public StepType(final String label, final Map<String, ObjectType<? extends T>> variantByKey) {
    this.label = label;
    this.variantByKey = new LinkedHashMap<>(variantByKey);
    variantByKey.forEach(
        (key, variant) -> {
          if (variant.keys().stream().noneMatch(k -> k.name().equals(key) && k.required())) {
            throw new IllegalArgumentException("kind " + key + " does not require its key");
          }
        });
  }

  /**
   * The same type, which says more of a key that it does not have and people look for.
   *
   * @param name of that key
   * @param note what to write in its place
   */
  public StepType<T> instead(final String name, final String note) {
    final StepType<T> same = new StepType<>(label, variantByKey);
    same.notes.putAll(notes);
    same.notes.put(name, note);
    return same;
  }

  @Override
  public String expected() {
    return label;
  }

  /** The object types, by the key that decides. */
  public Map<String, ObjectType<? extends T>> variants() {
    return new LinkedHashMap<>(variantByKey);
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.reference(
        this,
        label,
        () ->
            Schema.oneOf(
                label.replaceFirst("^an? ", ""),
                variantByKey.values().stream().map(in::of).toList()));
  }

  @Override
  public T read(final Node node, final Reading in) {
    if (!(node instanceof MapNode map)) {
      return in.wrongType(node, this, "it is a map with one of: " + names());
    }
    final List<MapNode.Entry> deciding =
        map.entries().stream().filter(entry -> variantByKey.containsKey(entry.key())).toList();
    if (deciding.isEmpty()) {
      return undecided(map, in);
    }
    final MapNode.Entry first = deciding.get(0);
    if (deciding.size() > 1) {
      final MapNode.Entry second = deciding.get(1);
      return in.conflict(
          second.keyOffset(),
          label + " is one thing, here it is `" + first.key() + "` and `" + second.key() + "`",
          "write one after the other, each with a dash of its own");
    }
    return variantByKey.get(first.key()).read(map, in, List.of(), Map.of());
  }

  private T undecided(final MapNode map, final Reading in) {
    if (map.entries().isEmpty()) {
      return in.missing(map.offset(), label + " cannot be empty", "it has one of: " + names());
    }
    final MapNode.Entry first = map.entries().get(0);
    final String note = notes.get(first.key());
    return in.unknown(
        Diagnostic.Kind.UNKNOWN_KEY,
        first.keyOffset(),
        label + " cannot be `" + ScalarNode.shown(first.key()) + "`",
        note == null ? first.key() : "",
        variantByKey.keySet(),
        note == null ? List.of() : List.of(note));
  }

  private String names() {
    return String.join(", ", variantByKey.keySet());
  }
}
