package io.lockstep.scenario.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant, by edit distance with transpositions. */
public final class NearestName {
  private static final int MAX_LENGTH = 64;

  private NearestName() {}

  /** The allowed name nearest to the one given, if any is near; the first one of equals. */
  public static Optional<String> of(final String given, final Collection<String> allowed) {
    if (given.isEmpty() || given.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    final String wanted = normal(given);
    String nearest = null;
    int least = Math.max(1, wanted.length() / 3) + 1;
    for (final String name : allowed) {
      final String candidate = name.length() > MAX_LENGTH ? "" : normal(name);
      if (Math.abs(candidate.length() - wanted.length()) < least) {
        final int distance = distance(wanted, candidate, least);
        if (distance < least) {
          least = distance;
          nearest = name;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Spelling in another case, with other separators or none, is no distance at all. */
  private static String normal(final String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Optimal string alignment distance, or {@code limit} where it is no less. */
  private static int distance(final String a, final String b, final int limit) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        final int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + substitution);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return limit;
      }
      final int[] reused = beforeLast;
      beforeLast = last;
      last = row;
      row = reused;
    }
    return Math.min(limit, last[b.length()]);
  }
}
