package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An object with known keys. All its keys are read before anything is given up.
 *
 * @param <T> what it is read to
 */
public final class ObjectType<T> implements Type<T> {
  /** What needs no quotes within braces. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/._-]*");

  private final String label;
  private final Map<String, Key<?>> keyByName = new LinkedHashMap<>();
  private final List<Rule> rules;
  private final Function<Values, T> maker;

  /** What keys start with that mean nothing; empty where all mean something. */
  private final String ignoredPrefix;

  /** What to say of keys that it does not have, by name. */
  private final Map<String, String> notes = new LinkedHashMap<>();

  /**
   * An object type without rules.
   *
   * @see #ObjectType(String, List, List, Function)
   */
  public ObjectType(final String label, final List<Key<?>> keys, final Function<Values, T> maker) {
    this(label, keys, List.of(), maker);
  }

  /** One that ignores keys that start so. */
  private ObjectType(
      final String label,
      final List<Key<?>> keys,
      final List<Rule> rules,
      final Function<Values, T> maker,
      final String ignoredPrefix) {
    this.label = label;
    this.rules = List.copyOf(rules);
    this.maker = maker;
    this.ignoredPrefix = ignoredPrefix;
    for (final Key<?> key : keys) {
      if (keyByName.put(key.name(), key) != null) {
        throw new IllegalArgumentException("two keys are named " + key.name());
      }
    }
  }

  /**
   * An object type.
   *
   * @param label what messages call it, such as {@code a request}
   * @param keys in the order of the reference
   * @param rules over several keys, all of which are checked
   * @param maker makes the value once all keys present are right, all required ones are present and
   *     all rules hold
   */
  public ObjectType(
      final String label,
      final List<Key<?>> keys,
      final List<Rule> rules,
      final Function<Values, T> maker) {
    this(label, keys, rules, maker, "");
  }

  /** The same type, which lets keys be that start so and mean nothing. */
  public ObjectType<T> ignoring(final String prefix) {
    final ObjectType<T> same = new ObjectType<>(label, keys(), rules, maker, prefix);
    same.notes.putAll(notes);
    return same;
  }

  /**
   * The same type, which says more of a key that it does not have and people look for.
   *
   * @param name of that key
   * @param note what to write in its place
   */
  public ObjectType<T> instead(final String name, final String note) {
    final ObjectType<T> same = new ObjectType<>(label, keys(), rules, maker, ignoredPrefix);
    same.notes.putAll(notes);
    same.notes.put(name, note);
    return same;
  }

  @Override
  public String expected() {
    return label;
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.reference(this, label, () -> schema(in, Map.of()));
  }

  /** Its schema in place, with more keys, all of them needed. */
  Schema schema(final Schemas in, final Map<String, Schema> more) {
    final Map<String, Schema> properties = new LinkedHashMap<>(more);
    keyByName.values().forEach(key -> properties.put(key.name(), key.schema(in)));
    final List<String> required = new ArrayList<>(more.keySet());
    keyByName.values().stream().filter(Key::required).forEach(key -> required.add(key.name()));
    final Schema known = Schema.of("map", "object").with("properties", properties);
    final Schema schema =
        ignoredPrefix.isEmpty()
            ? known
            : known.with(
                "patternProperties",
                Map.of(
                    "^" + ignoredPrefix,
                    Schema.any().with("title", "anything").with("description", "is ignored")));
    return (required.isEmpty() || in.isPart() ? schema : schema.with("required", required))
        .with("additionalProperties", false);
  }

  /** Its keys, in the order of the reference. */
  public List<Key<?>> keys() {
    return List.copyOf(keyByName.values());
  }

  @Override
  public T read(final Node node, final Reading in) {
    if (node instanceof MapNode map) {
      return read(map, in, List.of(), notes);
    }
    final String keys = "it is a map of: " + String.join(", ", keyByName.keySet());
    final Optional<Key<?>> only = only();
    return node instanceof ScalarNode scalar && only.isPresent()
        ? in.wrongType(
            node, this, "write {" + only.get().name() + ": " + spelled(scalar) + "}", keys)
        : in.wrongType(node, this, keys);
  }

  /**
   * Reads a map that has keys besides this type's.
   *
   * @param ignored names of keys that somebody else reads
   * @param elsewhere notes about keys that are known in another place, by name
   */
  T read(
      final MapNode map,
      final Reading in,
      final List<String> ignored,
      final Map<String, String> elsewhere) {
    final Values values = new Values(map, in);
    boolean complete = true;
    for (final MapNode.Entry entry : map.entries()) {
      final Key<?> key = keyByName.get(entry.key());
      if (key != null) {
        complete &= readKey(key, entry, values, in);
      } else if (!ignored.contains(entry.key()) && !isIgnored(entry.key())) {
        unknown(entry, in, ignored, elsewhere);
      }
    }
    for (final Key<?> key : keyByName.values()) {
      if (key.required() && map.get(key.name()) == null) {
        complete = false;
        in.missing(
            map.offset(),
            label + " needs `" + key.name() + "`",
            key.description() + ": " + key.type().expected());
      }
    }
    if (in.isPart()) {
      return null;
    }
    for (final Rule rule : rules) {
      complete &= rule.holds(values);
    }
    return complete ? maker.apply(values) : null;
  }

  /** The key that a single value can only be meant for: the only one needed, or the only one. */
  private Optional<Key<?>> only() {
    final List<Key<?>> candidates =
        keyByName.size() == 1 ? keys() : keyByName.values().stream().filter(Key::required).toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private static String spelled(final ScalarNode scalar) {
    final String text = ScalarNode.shown(scalar.text());
    return scalar.kind() == ScalarNode.Kind.TEXT && !PLAIN.matcher(text).matches()
        ? "\"" + text + "\""
        : text;
  }

  private boolean isIgnored(final String key) {
    return !ignoredPrefix.isEmpty() && key.startsWith(ignoredPrefix);
  }

  private static boolean readKey(
      final Key<?> key, final MapNode.Entry entry, final Values values, final Reading in) {
    if (entry.value() instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.NULL) {
      if (in.isPart() && scalar.isWrittenNull()) {
        return false;
      }
      in.bad(
          entry.keyOffset(),
          "`" + key.name() + "` has no value",
          "expected " + key.type().expected());
      return false;
    }
    final Object value = key.type().read(entry.value(), in);
    if (value != null) {
      values.put(key, value, entry.value());
    }
    return value != null;
  }

  /** Reports what is wrong with a key's value. */
  static void check(final Key<?> key, final MapNode.Entry entry, final Reading in) {
    readKey(key, entry, new Values(new MapNode(0, List.of()), in), in);
  }

  private void unknown(
      final MapNode.Entry entry,
      final Reading in,
      final List<String> ignored,
      final Map<String, String> elsewhere) {
    final List<String> allowed = new ArrayList<>(ignored);
    allowed.addAll(keyByName.keySet());
    final String note = elsewhere.getOrDefault(entry.key(), notes.get(entry.key()));
    in.unknown(
        Diagnostic.Kind.UNKNOWN_KEY,
        entry.keyOffset(),
        label + " has no key `" + ScalarNode.shown(entry.key()) + "`",
        note == null ? entry.key() : "",
        allowed,
        note == null ? List.of() : List.of(note));
  }
}
