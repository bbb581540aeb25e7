package io.lockstep.scenario.plan.metric;

/**
 * A group of steps of a plan, as metrics know it.
 *
 * @param name its own
 * @param path the names of the groups around it and its own, with slashes between: what results
 *     call it
 * @param scenario index of its scenario
 */
public record Group(String name, String path, int scenario) {
  private static final char SEPARATOR = '/';

  /** A group that is in no other. */
  public Group(final String name, final int scenario) {
    this(name, name, scenario);
  }

  /** The path of a group within one with this path, which is empty where there is none. */
  public static String path(final String around, final String name) {
    return around.isEmpty() ? name : around + SEPARATOR + name;
  }

  /** Whether a selector that says so means this. */
  public boolean isNamed(final String nameOrPath) {
    return path.equals(nameOrPath) || name.equals(nameOrPath);
  }
}
