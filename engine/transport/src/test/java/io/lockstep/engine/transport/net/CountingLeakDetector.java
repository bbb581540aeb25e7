package io.lockstep.engine.transport.net;

import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts lost buffers; the build names it to Netty, for all tests of this module. */
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {
  private static final AtomicInteger LEAKS = new AtomicInteger();
  private static volatile boolean expected;

  /** As Netty wants it. */
  public CountingLeakDetector(final Class<?> resourceType, final int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /** As Netty wants it, too. */
  public CountingLeakDetector(
      final Class<?> resourceType, final int samplingInterval, final long maxActive) {
    super(resourceType, samplingInterval);
  }

  static int leaks() {
    return LEAKS.get();
  }

  /** Whether the next lost buffers are lost on purpose: they are counted, but not logged. */
  static void expectLeaks(final boolean expected) {
    CountingLeakDetector.expected = expected;
  }

  @Override
  protected void reportTracedLeak(final String resourceType, final String records) {
    LEAKS.incrementAndGet();
    if (!expected) {
      super.reportTracedLeak(resourceType, records);
    }
  }

  @Override
  protected void reportUntracedLeak(final String resourceType) {
    LEAKS.incrementAndGet();
    if (!expected) {
      super.reportUntracedLeak(resourceType);
    }
  }
}
