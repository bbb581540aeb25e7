package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.ProxyUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was sampled of the generator itself, of its threads and of its connections: at the end of a
 * run, and not at all in a simulation. Written as {@link MetricsTracker} is.
 */
public final class GeneratorSamples {
  private final List<ThreadUse> threads = new ArrayList<>();
  private Resources resources;
  private ConnectionCounts connections;
  private GeneratorUse generator;
  private NameCounts names;
  private ProxyUse proxy;

  public void onResources(final Resources sample) {
    resources = sample;
  }

  public void onConnections(final ConnectionCounts counts) {
    connections = counts;
  }

  public void onGenerator(final GeneratorUse sample) {
    generator = sample;
  }

  public void onThread(final ThreadUse sample) {
    threads.add(sample);
  }

  public void onProxy(final ProxyUse used) {
    proxy = used;
  }

  public void onLookup(final NameLookup lookup) {
    names = (names == null ? NameCounts.NONE : names).plus(lookup);
  }

  /** What connections went through; {@code null} for nothing, or where nobody said. */
  public ProxyUse proxy() {
    return proxy;
  }

  /** What came of looking names up; {@code null} where none were, or nobody said. */
  public NameCounts names() {
    return names;
  }

  /** The generator's own use; {@code null} until sampled. */
  public Resources resources() {
    return resources;
  }

  /** What became of connections; {@code null} where nobody said. */
  public ConnectionCounts connections() {
    return connections;
  }

  /** What held the generator up; {@code null} if that was not sampled. */
  public GeneratorUse generator() {
    return generator;
  }

  /** The generator's threads, by shard; none if they were not sampled. */
  public List<ThreadUse> threads() {
    return Collections.unmodifiableList(threads);
  }

  /** Adds another shard's. */
  void add(final GeneratorSamples other) {
    threads.addAll(other.threads);
    proxy = proxy == null ? other.proxy : proxy;
    names = names == null ? other.names : names; // one shard tells
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
    if (generator == null) {
      generator = other.generator;
    } else if (other.generator != null) {
      generator = generator.plus(other.generator);
    }
  }
}
