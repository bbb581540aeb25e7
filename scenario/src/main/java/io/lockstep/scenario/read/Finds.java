package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/** What a reading of a tree with errors has found that is right for itself. */
public final class Finds {
  private final List<Object> found = new ArrayList<>();
  private boolean lost;

  void add(final Object something) {
    found.add(something);
  }

  void refused(final Diagnostic.Kind kind) {
    lost |= kind == Diagnostic.Kind.UNKNOWN_KEY;
  }

  /** All that is of a type, in the order of the tree. */
  public <T> List<T> of(final Class<T> type) {
    return found.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Whether there are keys of which nobody knows what they mean, so that names may be in them. */
  public boolean isLost() {
    return lost;
  }
}
