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

  /** Those that messages name. */
  private final List<String> listed;

  /** Whose schema it has. */
  private final StepType<T> shape;

  /**
   * A step type.
   *
   * @param label what messages call it
   * @param variantByKey the kinds by their deciding keys, in the order of the reference
   */
  public StepType(final String label, final Map<String, ObjectType<? extends T>> variantByKey) {
    this(label, variantByKey, List.copyOf(variantByKey.keySet()), null);
  }

  private StepType(
      final String label,
      final Map<String, ObjectType<? extends T>> variantByKey,
      final List<String> listed,
      final StepType<T> shape) {
    this.label = label;
    this.listed = List.copyOf(listed);
    this.shape = shape;
    this.variantByKey = new LinkedHashMap<>(variantByKey);
    variantByKey.forEach(
        (key, variant) -> {
          if (variant.keys().stream().noneMatch(k -> k.name().equals(key) && k.required())) {
            throw new IllegalArgumentException("kind " + key + " does not require its key");
          }
        });
  }

  /**
   * The same type, which says more of keys that it does not have and people look for.
   *
   * @param noteByKey what to write in their place
   */
  public StepType<T> instead(final Map<String, String> noteByKey) {
    final StepType<T> same = new StepType<>(label, variantByKey, listed, shape);
    same.notes.putAll(notes);
    same.notes.putAll(noteByKey);
    return same;
  }

  /** The same type where one kind is of no use, so that messages do not offer it. */
  public StepType<T> unlisted(final String key) {
    final List<String> others = listed.stream().filter(name -> !name.equals(key)).toList();
    final StepType<T> same = new StepType<>(label, variantByKey, others, this);
    same.notes.putAll(notes);
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
    if (shape != null) {
      return in.of(shape);
    }
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
        listed,
        note == null ? List.of() : List.of(note));
  }

  private String names() {
    return String.join(", ", listed);
  }
}
