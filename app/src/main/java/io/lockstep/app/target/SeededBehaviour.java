package io.lockstep.app.target;

import io.lockstep.engine.core.random.DurationSampler;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Site;

/** Latencies and errors as pure functions of the seed and the number of the request. */
final class SeededBehaviour implements Behaviour {
  private static final long LATENCY_SITE = Site.of("target", "latency");
  private static final long ERROR_SITE = Site.of("target", "error");

  private final long stream;
  private final DurationSampler latency;
  private final double errorRate;

  SeededBehaviour(final long seed, final Distribution latency, final double errorRate) {
    this.stream = KeyedRandom.mix(seed);
    this.latency = new DurationSampler(LATENCY_SITE, latency);
    this.errorRate = errorRate;
  }

  @Override
  public long latencyNs(final long request) {
    return latency.sampleNs(stream, request);
  }

  @Override
  public boolean isFailure(final long request) {
    return KeyedRandom.unit(KeyedRandom.draw(stream, ERROR_SITE, request)) < errorRate;
  }
}
