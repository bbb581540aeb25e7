package io.lockstep.engine.content.cache;

/**
 * What a cache has for a request.
 *
 * @param kind whether it has something
 * @param content what was kept; {@code null} for nothing
 * @param etag for {@code If-None-Match}; {@code null} for none
 * @param lastModified for {@code If-Modified-Since}; {@code null} for none
 * @param <C> what was kept
 */
public record Lookup<C>(Kind kind, C content, String etag, String lastModified) {
  /** Whether a cache has something. */
  public enum Kind {
    /** Nothing: the request goes out as it is. */
    MISS,
    /** An answer: the request need not go out. */
    FRESH,
    /** An answer that may have changed: the request goes out with the validators. */
    STALE
  }
}
