package io.lockstep.engine.transport.net;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;

/** Threads on which the network allocates least. */
public final class NetworkThreads {
  private NetworkThreads() {}

  /** Makes daemon threads for the agents of a run. */
  public static ThreadFactory factory() {
    return task -> {
      final Thread thread = new FastThreadLocalThread(task);
      thread.setDaemon(true);
      return thread;
    };
  }
}
