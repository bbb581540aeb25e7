package io.lockstep.engine.core.secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Byte strings that are looked for all at once. A place costs one look into a table of the first
 * two bytes, unless a needle may begin there. Of several that stand at one place the longest
 * counts.
 */
final class Needles {
  /** Shorter ones are not looked for: they would be found by chance. */
  static final int MIN_BYTES = 4;

  private static final int PAIRS = 1 << 16;
  private static final Comparator<Needle> LONGEST_FIRST =
      Comparator.comparingInt(needle -> -needle.bytes().length);

  private final long[] pairs = new long[PAIRS / Long.SIZE];
  private final Needle[][] byFirst = new Needle[1 << Byte.SIZE][];
  private int longest;
  private int cutFrom;

  /** Those with the same bytes as one before them are left out, as are those that are too short. */
  Needles(final List<Needle> needles) {
    final List<Needle> kept = new ArrayList<>();
    for (final Needle needle : needles) {
      if (needle.bytes().length >= MIN_BYTES
          && kept.stream().noneMatch(known -> Arrays.equals(known.bytes(), needle.bytes()))) {
        kept.add(needle);
      }
    }
    kept.sort(LONGEST_FIRST);
    for (final Needle needle : kept) {
      final int pair = pair(needle.bytes(), 0);
      pairs[pair / Long.SIZE] |= 1L << pair;
      final int first = pair >> Byte.SIZE;
      final Needle[] known = byFirst[first] == null ? new Needle[0] : byFirst[first];
      byFirst[first] = Arrays.copyOf(known, known.length + 1);
      byFirst[first][known.length] = needle;
      longest = Math.max(longest, needle.bytes().length);
    }
  }

  private static int pair(final byte[] in, final int at) {
    return ((in[at] & 0xFF) << Byte.SIZE) | (in[at + 1] & 0xFF);
  }

  /** The first place from one on at which a needle may begin; the end where there is none. */
  int next(final byte[] in, final int from, final int to) {
    int pair = from < to ? in[from] & 0xFF : 0;
    for (int at = from; at <= to - MIN_BYTES; at++) {
      pair = ((pair << Byte.SIZE) | (in[at + 1] & 0xFF)) & (PAIRS - 1);
      if ((pairs[pair / Long.SIZE] & (1L << pair)) != 0) {
        return at;
      }
    }
    return to;
  }

  /** The longest needle at a place, {@code null} for none. */
  Needle at(final byte[] in, final int at, final int to) {
    if (to - at < MIN_BYTES) {
      return null;
    }
    final int pair = pair(in, at);
    if ((pairs[pair / Long.SIZE] & (1L << pair)) == 0) {
      return null;
    }
    for (final Needle needle : byFirst[pair >> Byte.SIZE]) {
      if (needle.isAt(in, at, to)) {
        return needle;
      }
    }
    return null;
  }

  /**
   * The longest end of some bytes with which a needle begins, where it is long enough to tell
   * something; {@code null} for none.
   *
   * @return the needle, of which {@link #cutFrom} says where it begins.
   */
  Needle cut(final byte[] in, final int from, final int to) {
    for (int at = Math.max(from, to - longest + 1); at <= to - MIN_BYTES; at++) {
      final Needle[] candidates = byFirst[in[at] & 0xFF];
      for (int i = 0; candidates != null && i < candidates.length; i++) {
        if (candidates[i].bytes().length > to - at && candidates[i].isBegunAt(in, at, to)) {
          cutFrom = at;
          return candidates[i];
        }
      }
    }
    return null;
  }

  /** Where the needle begins that {@link #cut} gave last. */
  int cutFrom() {
    return cutFrom;
  }
}
