package io.lockstep.app.conformance;

import java.io.IOException;

/**
 * A real server with one {@link Site}. It is started, told to read its configuration anew, stopped
 * and started again at the same ports. What it lacks it says with a reason.
 */
interface RealServer {
  /** What the page calls it. */
  String title();

  /** Why it cannot be tried on this machine, or null. */
  String missing();

  /** What is tried, with its version. */
  String version() throws IOException;

  /** Starts it; it listens when this returns. */
  void start(Site site) throws Exception;

  /** Why a feature is not tried over this way, or null where it is. */
  String without(Way way, Feature feature);

  /** Lets it take over its configuration again, and the old connections go. */
  void reload() throws Exception;

  /** Stops it at once; it can be started again. */
  void stop() throws Exception;

  /** The header that makes the server say that its file is not modified. */
  default String ifChanged() {
    return "If-None-Match: '*'";
  }

  /** Whether it has an answer with status 204. */
  default boolean answersEmpty() {
    return true;
  }

  /** Whether a header beyond its limit ends the connection, and gets no answer. */
  default boolean closesOnLargeHeader(final Way way) {
    return false;
  }
}
