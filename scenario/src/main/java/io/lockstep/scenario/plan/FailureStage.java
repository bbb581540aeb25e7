package io.lockstep.scenario.plan;

import java.util.Locale;

/**
 * How far a request had come when it failed, in the order in which requests go. Codes are stored in
 * journals and never change their meaning.
 */
public enum FailureStage {
  /** The target's name was being looked up. */
  RESOLVE(1, "looking up the target's name"),
  /** It had no connection yet: it waited for one, or one was being opened. */
  CONNECT(2, "getting a connection"),
  /** The connection was open and was being secured. */
  TLS(3, "securing the connection"),
  /** Not all of the request was with the operating system. */
  SEND(4, "sending the request"),
  /** The request was out, and nothing of the response had come. */
  WAIT(5, "waiting for the response to begin"),
  /** The response had begun. */
  RECEIVE(6, "receiving the response");

  private static final FailureStage[] VALUES = values();

  private final int code;
  private final String text;
  private final String key;

  FailureStage(final int code, final String text) {
    this.code = code;
    this.text = text;
    this.key = name().toLowerCase(Locale.ROOT);
  }

  /** The stable code, from 1 on. */
  public int code() {
    return code;
  }

  /** What was being done, in a few words for people. */
  public String text() {
    return text;
  }

  /** The name in scenario files and JSON: in lower case. */
  public String key() {
    return key;
  }

  /**
   * The stage of a code.
   *
   * @throws IllegalArgumentException if no stage has it.
   */
  public static FailureStage of(final int code) {
    if (code < 1 || code > VALUES.length) {
      throw new IllegalArgumentException("no failure stage has code " + code);
    }
    return VALUES[code - 1];
  }
}
