package io.lockstep.app.run;

import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.transport.net.Backend;
import io.lockstep.scenario.document.LoadOptions;
import java.util.Locale;

/**
 * What a run gets whose command line says nothing of it.
 *
 * @param threading shared or dedicated
 * @param idle what idle threads do
 * @param network how the system is asked for events
 */
public record RunChoice(String threading, String idle, String network) {
  /** That of a machine. */
  public static RunChoice of(final int cores) {
    final RunCommandLine nothing =
        new RunCommandLine(
            "",
            LoadOptions.NONE,
            null,
            false,
            null,
            null,
            "",
            null,
            null,
            true,
            true,
            1,
            null,
            null,
            null,
            "auto");
    final RunOptions options = RunSettings.of(nothing, cores);
    return new RunChoice(
        lower(options.threading()), lower(options.idle()), lower(Backend.AUTO.concrete()));
  }

  private static String lower(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
