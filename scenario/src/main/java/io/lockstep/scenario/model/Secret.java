package io.lockstep.scenario.model;

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
}
