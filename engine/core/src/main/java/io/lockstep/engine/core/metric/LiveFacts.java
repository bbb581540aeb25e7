package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.ProxyUse;
import java.util.ArrayList;
import java.util.List;

/**
 * What a live run says of itself and its surroundings; all of it {@code null} or empty until then.
 */
final class LiveFacts {
  Resources resources;
  ConnectionCounts connections;
  NameCounts names;
  ProxyUse proxy;
  GeneratorUse generator;
  final List<ThreadUse> threads = new ArrayList<>();

  void add(final NameLookup lookup) {
    names = (names == null ? NameCounts.NONE : names).plus(lookup);
  }

  /** Adds another shard's. */
  void add(final LiveFacts other) {
    if (resources == null) {
      resources = other.resources;
    } else if (other.resources != null) {
      resources = resources.plus(other.resources);
    }
    if (connections == null) {
      connections = other.connections;
    } else if (other.connections != null) {
      connections = connections.plus(other.connections);
    }
    proxy = proxy == null ? other.proxy : proxy;
    names = names == null ? other.names : names; // one shard tells
    threads.addAll(other.threads);
    if (generator == null) {
      generator = other.generator;
    } else if (other.generator != null) {
      generator = generator.plus(other.generator);
    }
  }
}
