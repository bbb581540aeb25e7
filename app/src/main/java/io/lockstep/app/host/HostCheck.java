package io.lockstep.app.host;

import java.util.List;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param topic what it is about, a word or two
 * @param level how good it is
 * @param found what was found
 * @param advice what it does to a run and what to do; empty where nothing is to be said
 * @param commands that do it
 */
public record HostCheck(
    String topic, Level level, String found, String advice, List<String> commands) {
  public HostCheck {
    commands = List.copyOf(commands);
  }

  /** In the order of gravity. */
  public enum Level {
    /** Nothing to do. */
    OK,
    /** It may matter to some runs. */
    NOTE,
    /** It costs precision or load in most runs. */
    WARNING;

    /** The name in text and JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
