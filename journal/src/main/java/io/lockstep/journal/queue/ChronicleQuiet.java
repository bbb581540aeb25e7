package io.lockstep.journal.queue;

import net.openhft.chronicle.core.Jvm;

/**
 * Keeps Chronicle from printing, phoning home and starting threads; before its first class loads.
 */
final class ChronicleQuiet {
  static {
    setIfAbsent("chronicle.analytics.disable", "true");
    setIfAbsent("chronicle.announcer.disable", "true");
    setIfAbsent("chronicle.disk.monitor.disable", "true");
    setIfAbsent("disable.single.threaded.check", "true");
    setIfAbsent("jvm.resource.tracing", "false");
    Jvm.setExceptionHandlers(null, null, null, null);
  }

  private ChronicleQuiet() {}

  /** Has its effect through the class being loaded. */
  static void ensure() {}

  private static void setIfAbsent(final String key, final String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
