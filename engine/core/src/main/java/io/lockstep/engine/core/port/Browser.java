package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.Header;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the VUs of a shard do by themselves as browsers do: keep cookies, follow redirects, keep
 * responses. VUs count from 0 in the shard. A function of the plan and of what it was told before,
 * times included: those are virtual, milliseconds since 1970. Single-threaded.
 */
public interface Browser {
  /** What becomes of a response. Codes are stored in journals. */
  enum Turn {
    /** It is the answer. */
    NONE(0),
    /** Another request follows. */
    FOLLOW(1),
    /** So many redirects were followed that this one is not. */
    TOO_MANY(2),
    /** It leads to another host, port or scheme. */
    ELSEWHERE(3),
    /** It does not say where it leads. */
    NOWHERE(4),
    /** It asks who asks; the same request follows with an answer to that. */
    CHALLENGED(5);

    private final int code;

    Turn(final int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    /**
     * The turn of a code.
     *
     * @throws IllegalArgumentException if none has it.
     */
    public static Turn of(final int code) {
      if (code < 0 || code >= values().length) {
        throw new IllegalArgumentException("no turn of a response has code " + code);
      }
      return values()[code];
    }
  }

  /** Whether the cache of a scenario's VU has a fresh answer, which is then in {@code into}. */
  boolean isFresh(int vu, int scenario, AskedRequest request, long nowMs, Completion into);

  /** What a VU adds to the headers of a request: its cookies. After {@link #isFresh}. */
  void addHeaders(int vu, int scenario, AskedRequest request, long nowMs, List<Header> into);

  /** What a VU adds so that a response which it has kept needs not come again. */
  void addValidators(int vu, int scenario, AskedRequest request, long nowMs, List<Header> into);

  /**
   * A response has come: its cookies and what may be kept of it are kept. Where it says that a kept
   * one has not changed, that takes its place.
   *
   * @param request as it was asked, without what was added
   * @param response what came
   * @param sentMs when it was sent
   * @param nowMs when it came
   * @param into gets the kept response where that takes the place of this one
   * @return whether it does.
   */
  boolean keep(
      int vu,
      int scenario,
      AskedRequest request,
      Completion response,
      long sentMs,
      long nowMs,
      Completion into);

  /**
   * Whether a response leads to another request, whose method and path are then {@link #method} and
   * {@link #path}.
   *
   * @param followed how many redirects led to this one
   */
  Turn decide(int scenario, AskedRequest request, Completion response, int followed);

  /**
   * Whether a response has a challenge of HTTP Digest that is to be answered; it is then kept.
   *
   * @param answered how many challenges were answered for the same request
   */
  boolean isChallenged(int vu, Completion response, int answered);

  /**
   * Answers the challenge that a VU has kept.
   *
   * @param logical what is asked for, its secrets by name
   * @param wire the same with its secrets
   * @param clientNonce drawn for this answer
   * @param unmasked what the challenge had before its secrets were masked
   * @return {@code null} where there is no challenge to answer yet
   */
  Authorization authorize(
      int vu,
      int scenario,
      AskedRequest logical,
      AskedRequest wire,
      String clientNonce,
      UnaryOperator<String> unmasked);

  /**
   * An answer to a challenge, as a value of {@code Authorization}.
   *
   * @param logical what is digested: without user and response, which hang on secrets
   * @param wire what is sent
   * @param response the part of that which hangs on the password
   */
  record Authorization(String logical, String wire, String response) {}

  /** Method of the request that follows. */
  String method();

  /** Path and query of the request that follows. */
  String path();

  /** Whether the request that follows has the body of the one before. */
  boolean keepsBody();

  /** Forgets all that a VU has: a fresh user. */
  void forget(int vu);
}
