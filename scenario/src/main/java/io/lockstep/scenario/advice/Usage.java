package io.lockstep.scenario.advice;

import io.lockstep.scenario.model.LoadTest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which names of a file something reads, over all its scenarios. */
final class Usage {
  private final LoadTest test;
  private final Set<String> constants = new HashSet<>();
  private final Set<String> secrets = new HashSet<>();
  private final Set<String> feeders = new HashSet<>();
  private final Set<String> setups = new HashSet<>();

  /** By where it is set, for steps may be in several scenarios: the variable, until it is read. */
  private final Map<Integer, String> unusedByOffset = new TreeMap<>();

  private final Set<Integer> usedOffsets = new HashSet<>();

  Usage(final LoadTest test) {
    this.test = test;
  }

  void secret(final String name) {
    secrets.add(name);
  }

  void feeder(final String name) {
    feeders.add(name);
  }

  /** What the setup has left under a name. */
  void setup(final String name) {
    setups.add(name);
  }

  /** A name alone that is no variable of the scenario. */
  void bare(final String name) {
    if (test.variables().containsKey(name)) {
      constants.add(name);
    }
  }

  /** A place that sets a variable which something in its scenario reads, or nothing does. */
  void set(final int offset, final String variable, final boolean used) {
    if (used) {
      usedOffsets.add(offset);
    } else {
      unusedByOffset.put(offset, variable);
    }
  }

  boolean usesConstant(final String name) {
    return constants.contains(name);
  }

  boolean usesSecret(final String name) {
    return secrets.contains(name);
  }

  boolean usesFeeder(final String name) {
    return feeders.contains(name);
  }

  boolean usesSetup(final String name) {
    return setups.contains(name);
  }

  /** Variables that are set for nothing, by place. */
  Map<Integer, String> unusedByOffset() {
    final Map<Integer, String> unused = new TreeMap<>(unusedByOffset);
    unused.keySet().removeAll(usedOffsets);
    return unused;
  }
}
