package io.lockstep.scenario.yaml;

/** What a file may be at most. Each is refused with a message that names it. */
public final class Limits {
  /** Length of a file. */
  public static final int MAX_FILE_BYTES = 8 << 20;

  /** Length of a line of YAML in chars; SnakeYAML takes quadratic time for one. */
  public static final int MAX_YAML_LINE = 256 << 10;

  /** Maps and lists within each other, through aliases too. */
  public static final int MAX_DEPTH = 64;

  /** Maps, lists and scalars in a file and all that it includes, aliases not expanded. */
  public static final int MAX_NODES = 1_000_000;

  /** What all aliases of these files together stand for: nodes plus characters. */
  public static final long MAX_ALIAS_EXPANSION = 8 << 20;

  private Limits() {}
}
