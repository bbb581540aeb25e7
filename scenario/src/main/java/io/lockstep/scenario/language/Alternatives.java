package io.lockstep.scenario.language;

import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rules over keys of which an object has one, and over those that go with some of them. */
final class Alternatives {
  private Alternatives() {}

  /** Exactly one of the keys is there. */
  static Rule exactlyOne(final String label, final List<Key<?>> keys) {
    return new Rule(keys, v -> hasOne(label, keys, v));
  }

  /** {@code key} is there only beside one of the others. */
  static Rule onlyWith(final Key<?> key, final List<Key<?>> others) {
    final List<Key<?>> all = new ArrayList<>(others);
    all.add(key);
    return new Rule(all, v -> fits(key, others, v));
  }

  private static boolean hasOne(final String label, final List<Key<?>> keys, final Values v) {
    final List<Key<?>> present = keys.stream().filter(v::has).toList();
    if (present.isEmpty()) {
      v.in().missing(v.offset(), label + " needs one of: " + names(keys));
    } else if (present.size() > 1) {
      v.in()
          .conflict(
              v.keyOffset(present.get(1)),
              label
                  + " has both `"
                  + present.get(0).name()
                  + "` and `"
                  + present.get(1).name()
                  + "`",
              "it has exactly one of: " + names(keys));
    }
    return present.size() == 1;
  }

  private static boolean fits(final Key<?> key, final List<Key<?>> others, final Values v) {
    if (v.has(key) && others.stream().noneMatch(v::has)) {
      v.in().conflict(v.offset(key), "`" + key.name() + "` goes with one of: " + names(others));
      return false;
    }
    return true;
  }

  private static String names(final List<Key<?>> keys) {
    return keys.stream().map(Key::name).collect(Collectors.joining(", "));
  }
}
