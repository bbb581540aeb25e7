package io.lockstep.engine.content.redirect;

/**
 * What becomes of a response that may be a redirect.
 *
 * @param kind what to do
 * @param method of the next request; {@code null} unless it is followed
 * @param path of the next request, with its query, from the root of the host; {@code null} unless
 *     it is followed
 * @param keepsBody whether the next request has the body of this one
 */
public record Redirect(Kind kind, String method, String path, boolean keepsBody) {
  /** What to do. */
  public enum Kind {
    /** It is no redirect, or none is followed: this response is the answer. */
    NONE,
    /** Another request follows. */
    FOLLOW,
    /** So many were followed that this one is not. */
    TOO_MANY,
    /** It leads to another host, port or scheme, which the engine does not talk to. */
    ELSEWHERE,
    /** It does not say where it leads, or nobody can read it. */
    NOWHERE
  }

  static Redirect ended(final Kind kind) {
    return new Redirect(kind, null, null, false);
  }
}
