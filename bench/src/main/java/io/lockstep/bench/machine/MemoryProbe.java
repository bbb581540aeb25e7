package io.lockstep.bench.machine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;

/** Bytes held since it was made: live heap after a collection, and buffers outside the heap. */
final class MemoryProbe {
  private static final int COLLECTIONS = 3;

  private final long before = live();

  /** What is held more than at first, while {@code holder} lives. */
  long heldBytes(final Object holder) {
    try {
      return live() - before;
    } finally {
      Reference.reachabilityFence(holder);
    }
  }

  private static long live() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    final long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return heap
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> "direct".equals(pool.getName()))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }
}
