package io.lockstep.app.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes over Ctrl-C, SIGTERM and SIGHUP, which comes when a terminal goes away, while it is open,
 * and gives them back when closed. One that the process was started to ignore, as by {@code nohup},
 * stays ignored: the JVM sees to that. The platform's class for it is reached by reflection: it is
 * not part of any Java specification, and where it is missing or the JVM keeps the signals to
 * itself ({@code -Xrs}), a signal ends the process as ever.
 */
public final class StopSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final List<Object> signals = new ArrayList<>();
  private final List<Object> previous = new ArrayList<>();
  private final AtomicInteger received = new AtomicInteger();
  private final Runnable first;
  private final Runnable again;
  private Method handle;

  private StopSignals(final Runnable first, final Runnable again) {
    this.first = first;
    this.again = again;
  }

  /**
   * Takes the signals over.
   *
   * @param first is run at the first signal, on a thread of the system
   * @param again is run at each one after it
   */
  public static StopSignals open(final Runnable first, final Runnable again) {
    final StopSignals open = new StopSignals(first, again);
    open.install();
    return open;
  }

  /** Whether a signal has come. */
  public boolean received() {
    return received.get() > 0;
  }

  @Override
  public void close() {
    for (int i = signals.size() - 1; i >= 0; i--) {
      try {
        handle.invoke(null, signals.get(i), previous.get(i));
      } catch (final IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot give back " + signals.get(i), e);
      }
    }
    signals.clear();
  }

  private void install() {
    try {
      final Class<?> signalClass = Class.forName("sun.misc.Signal");
      final Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      handle = signalClass.getMethod("handle", signalClass, handlerClass);
      final Object handler =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) -> invoked(proxy, method, arguments));
      for (final String name : NAMES) {
        install(signalClass.getConstructor(String.class).newInstance(name), handler);
      }
    } catch (final ReflectiveOperationException e) {
      // No such class in this JVM: signals keep their default meaning, as the class comment says.
      signals.clear();
    }
  }

  private void install(final Object signal, final Object handler) throws IllegalAccessException {
    try {
      previous.add(handle.invoke(null, signal, handler));
      signals.add(signal);
    } catch (final InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException("cannot take over " + signal, e);
      }
      // The JVM keeps this signal to itself: it keeps its default meaning.
    }
  }

  private Object invoked(final Object proxy, final Method method, final Object[] arguments) {
    return switch (method.getName()) {
      case "handle" -> {
        (received.getAndIncrement() == 0 ? first : again).run();
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "StopSignals";
    };
  }
}
