package io.lockstep.scenario.model;

import java.util.Optional;

/**
 * A value that nothing but the requests on the wire may show. The file says where it comes from,
 * never what it is.
 *
 * @param name unique in the file
 * @param origin where a run gets the value from
 */
public record Secret(String name, Origin origin) {
  /** Where a value comes from. */
  public sealed interface Origin {}

  /** A variable of the environment that the run is started in. */
  public record Environment(String variable) implements Origin {}

  /**
   * A file, without the line break at its end.
   *
   * @param path from the folder of the scenario file, unless it is absolute
   */
  public record File(String path) implements Origin {}

  /**
   * A token that a server gives to a client (OAuth 2.0, RFC 6749, section 4.4), and renews.
   *
   * @param url where it is asked for
   * @param clientId who asks
   * @param clientSecret name of the secret that shows it
   * @param scope what it is to be good for, if that is said
   * @param audience whom it is to be shown to, if that is said
   * @param inBody whether the client shows its secret in the body, not in a header
   * @param renewBeforeNs how long before its end the next one is fetched
   */
  public record Token(
      String url,
      String clientId,
      String clientSecret,
      Optional<String> scope,
      Optional<String> audience,
      boolean inBody,
      long renewBeforeNs)
      implements Origin {}
}
