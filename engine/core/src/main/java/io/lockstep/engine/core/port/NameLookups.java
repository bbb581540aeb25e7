package io.lockstep.engine.core.port;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Lookups on their way from the thread that makes them to the engine, which journals them, and
 * which proxy there is.
 */
public final class NameLookups {
  /** Of a transport that looks nothing up. */
  public static final NameLookups NONE = new NameLookups(null);

  /** More than that wait only where the engine does not run. */
  private static final int CAPACITY = 64;

  private final OneToOneConcurrentArrayQueue<NameLookup> queue =
      new OneToOneConcurrentArrayQueue<>(CAPACITY);

  private final ProxyUse proxy;
  private volatile boolean isOver;

  /** Of a transport that goes through a proxy; {@code null} for none. */
  public NameLookups(final ProxyUse proxy) {
    this.proxy = proxy;
  }

  /** What is gone through; {@code null} for none. */
  public ProxyUse proxy() {
    return proxy;
  }

  /**
   * Gives one; false where it has to wait. Dropped once nobody takes them any more. On one thread
   * at a time.
   */
  public boolean offer(final NameLookup lookup) {
    return isOver || queue.offer(lookup);
  }

  /** Nobody takes them any more, though others may still want names looked up. */
  public void end() {
    isOver = true;
  }

  /** The next one, {@code null} for none. Engine's thread. */
  public NameLookup poll() {
    return queue.poll();
  }
}
