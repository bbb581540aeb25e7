package io.lockstep.app.token;

import java.time.Duration;
import java.util.Optional;

/**
 * A token that a server has given.
 *
 * @param text what requests show
 * @param life for how long; empty where the server does not say
 */
record Token(String text, Optional<Duration> life) {
  @Override
  public String toString() {
    return "a token for " + life.map(Duration::toString).orElse("an unknown time");
  }
}
