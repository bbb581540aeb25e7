package io.lockstep.engine.core.port;

import java.nio.charset.StandardCharsets;

/**
 * Why a request failed, in a text that fits one event: the same text in a run and in its replay.
 */
public final class FailureReason {
  /** Most bytes of one, in UTF-8. */
  public static final int MAX_BYTES = 216;

  /** Where a failure has no reason with a number. */
  public static final int NO_NUMBER = 0;

  /** Most different reasons of a shard's run that are journaled. */
  public static final int MAX_DIFFERENT = 1_000;

  /** Number of all reasons beyond {@link #MAX_DIFFERENT}. */
  public static final int OTHER_NUMBER = MAX_DIFFERENT + 1;

  /** Stands for the reasons beyond the first so many. */
  public static final String OTHER = "other reasons";

  private static final String MORE = "\u2026";
  private static final int MORE_BYTES = 3;

  private FailureReason() {}

  /** The text on one line, cut where it is too long, with an ellipsis at its end then. */
  public static String of(final String text) {
    final String line = text.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    if (bytes(line) <= MAX_BYTES) {
      return line;
    }
    int end = 0;
    int bytes = 0;
    while (end < line.length()) {
      final int next = line.offsetByCodePoints(end, 1);
      final int more = bytes(line.substring(end, next));
      if (bytes + more > MAX_BYTES - MORE_BYTES) {
        break;
      }
      bytes += more;
      end = next;
    }
    return line.substring(0, end) + MORE;
  }

  private static int bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
