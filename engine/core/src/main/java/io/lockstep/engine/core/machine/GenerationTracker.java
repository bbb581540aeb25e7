package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.random.KeyedRandom;

/**
 * Adds up the generation digest. Each iteration has a 64-bit chain over what it asked, in its own
 * order: identity, scheduled tick in an open model, requests, think times. The chains of all
 * iterations are spread to 128 bits and summed, so neither shards nor interleaving show. No
 * measured time goes in. It is a fingerprint against accidents, not against forgery: the journal
 * digest is the cryptographic one.
 */
final class GenerationTracker {
  private static final long REQUEST = 0xA0761D6478BD642FL;
  private static final long THINK = 0xE7037ED1A0B428DBL;
  private static final long HIGH = 0x8EBC6AF09C88C6E3L;

  private long low;
  private long high;
  private long iterations;

  static long begin(
      final long scenarioKey, final long identity, final long iteration, final long schedule) {
    return KeyedRandom.mix(
        KeyedRandom.mix(KeyedRandom.mix(scenarioKey + identity) + iteration) + schedule);
  }

  static long request(final long chain, final long requestDigest) {
    return KeyedRandom.mix((chain ^ requestDigest) + REQUEST);
  }

  static long think(final long chain, final long thinkNs) {
    return KeyedRandom.mix((chain ^ thinkNs) + THINK);
  }

  void add(final long chain) {
    low += KeyedRandom.mix(chain);
    high += KeyedRandom.mix(chain ^ HIGH);
    iterations++;
  }

  GenerationDigest digest() {
    return new GenerationDigest(low, high, iterations);
  }
}
