package io.lockstep.engine.core.machine;

/**
 * Digest of what was asked, whoever asked it first: 128 bits, summed over iterations so that
 * neither shards nor interleaving show.
 *
 * @param low lane
 * @param high lane
 * @param iterations how many it covers
 */
public record GenerationDigest(long low, long high, long iterations) {
  /** Of nothing. */
  public static final GenerationDigest EMPTY = new GenerationDigest(0, 0, 0);

  /** Both together; the order does not matter. */
  public GenerationDigest plus(final GenerationDigest other) {
    return new GenerationDigest(low + other.low, high + other.high, iterations + other.iterations);
  }

  /** 32 hex digits. */
  public String hex() {
    return String.format(java.util.Locale.ROOT, "%016x%016x", high, low);
  }
}
