package io.lockstep.app.host;

import io.lockstep.engine.core.port.HostProbe;
import java.lang.reflect.Method;

/**
 * How often and how long HotSpot stopped all threads. It counts that anyway; the bean that tells is
 * the JDK's own, so {@code jvm.args} exports its package. Where it is not there, nothing is known.
 */
final class Safepoints {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Object bean;
  private final Method count;
  private final Method millis;

  private Safepoints(final Object bean, final Method count, final Method millis) {
    this.bean = bean;
    this.count = count;
    this.millis = millis;
  }

  static Safepoints find() {
    try {
      final Object bean =
          Class.forName("sun.management.ManagementFactoryHelper")
              .getMethod("getHotspotRuntimeMBean")
              .invoke(null);
      final Class<?> type = Class.forName("sun.management.HotspotRuntimeMBean");
      final Safepoints found =
          new Safepoints(
              bean, type.getMethod("getSafepointCount"), type.getMethod("getTotalSafepointTime"));
      return found.count() == HostProbe.UNKNOWN ? unknown() : found;
    } catch (final ReflectiveOperationException | RuntimeException e) {
      return unknown();
    }
  }

  private static Safepoints unknown() {
    return new Safepoints(null, null, null);
  }

  long count() {
    return read(count);
  }

  long ns() {
    final long read = read(millis);
    return read == HostProbe.UNKNOWN ? HostProbe.UNKNOWN : read * NANOS_PER_MILLI;
  }

  private long read(final Method method) {
    if (bean == null) {
      return HostProbe.UNKNOWN;
    }
    try {
      return (long) method.invoke(bean);
    } catch (final ReflectiveOperationException e) {
      return HostProbe.UNKNOWN;
    }
  }
}
