package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.IdentityHashMap;

/** The values that the keys of one object were read to. */
public final class Values {
  private final MapNode object;
  private final Reading in;
  private final IdentityHashMap<Key<?>, Object> valueByKey = new IdentityHashMap<>();
  private final IdentityHashMap<Key<?>, Node> nodeByKey = new IdentityHashMap<>();

  Values(final MapNode object, final Reading in) {
    this.object = object;
    this.in = in;
  }

  void put(final Key<?> key, final Object value, final Node node) {
    valueByKey.put(key, value);
    nodeByKey.put(key, node);
  }

  /** The value of a key, or its default. */
  @SuppressWarnings("unchecked") // put() gets what the key's own type has read
  public <T> T get(final Key<T> key) {
    return has(key) ? (T) valueByKey.get(key) : key.absent();
  }

  /** Whether the file has the key. */
  public boolean has(final Key<?> key) {
    return valueByKey.containsKey(key);
  }

  /** Whether the file has the key, be its value right or wrong. */
  public boolean isThere(final Key<?> key) {
    return object.get(key.name()) != null;
  }

  /** Whether {@link #get} gives what the file means: the key is right, or rightly absent. */
  boolean isSettled(final Key<?> key) {
    return has(key) || (!key.required() && object.get(key.name()) == null);
  }

  /** The key's node in the file, or the object's where it is not there. */
  public Node node(final Key<?> key) {
    return nodeByKey.getOrDefault(key, object);
  }

  /** Where the key's value is, or the object where it is not there. */
  public int offset(final Key<?> key) {
    return node(key).offset();
  }

  /** Where the key itself is, be its value right or wrong; the object where it is not there. */
  public int keyOffset(final Key<?> key) {
    return object.entries().stream()
        .filter(entry -> entry.key().equals(key.name()))
        .findFirst()
        .map(MapNode.Entry::keyOffset)
        .orElseGet(object::offset);
  }

  /** Where the object itself is. */
  public int offset() {
    return object.offset();
  }

  /** Where to report. */
  public Reading in() {
    return in;
  }
}
