package io.lockstep.journal.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Holds a run directory until its input ends, or says why it cannot; a process of its own in tests.
 */
public final class LockHolder {
  private LockHolder() {}

  public static void main(final String[] arguments) throws IOException {
    try (RunDirectory run = RunDirectory.create(Path.of(arguments[0]), arguments[1])) {
      System.out.println("holds " + run.id());
      while (System.in.read() >= 0) {
        // Until the other end closes.
      }
    } catch (final RunException e) {
      System.out.println(e.getMessage());
    }
  }
}
