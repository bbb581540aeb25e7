package io.lockstep.engine.core.secret;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Bytes in which needles are replaced. Reused; grows as it must. Single-threaded. */
final class Replacing {
  private static final int FIRST_BYTES = 1024;

  private Needles needles;
  private final Predicate<Needle> isWanted;
  private byte[] out = new byte[FIRST_BYTES];
  private int length;
  private boolean isFound;

  /**
   * @param isWanted is told of each needle that is found; whether it is to be replaced
   */
  Replacing(final Needles needles, final Predicate<Needle> isWanted) {
    this.needles = needles;
    this.isWanted = isWanted;
  }

  /** Looks for others from now on. */
  void lookFor(final Needles others) {
    needles = others;
  }

  /** Empties it. */
  void clear() {
    length = 0;
    isFound = false;
  }

  /**
   * Appends bytes with all needles in them replaced.
   *
   * @param more to look for, besides the needles
   * @param isCut whether a needle may have been cut at the end; what is there of it is replaced too
   */
  void append(
      final byte[] in, final int from, final int to, final List<Needle> more, final boolean isCut) {
    int copied = from;
    int at = more.isEmpty() ? needles.next(in, from, to) : from;
    while (at < to) {
      final Needle found = longest(in, at, to, more);
      if (found == null || !isWanted.test(found)) {
        at = more.isEmpty() ? needles.next(in, at + 1, to) : at + 1;
      } else {
        put(in, copied, at);
        put(found.replacement(), 0, found.replacement().length);
        isFound = true;
        at += found.bytes().length;
        copied = at;
        at = more.isEmpty() ? needles.next(in, at, to) : at;
      }
    }
    Needle begun = isCut ? needles.cut(in, copied, to) : null;
    int begin = begun == null ? to - Needles.MIN_BYTES + 1 : needles.cutFrom();
    for (int i = 0; isCut && i < more.size(); i++) {
      final int other = more.get(i).cutFrom(in, copied, begin, to);
      if (other < begin) {
        begun = more.get(i);
        begin = other;
      }
    }
    if (begun == null) {
      put(in, copied, to);
    } else {
      put(in, copied, begin);
      put(begun.replacement(), 0, begun.replacement().length);
      isFound = true;
    }
  }

  private Needle longest(final byte[] in, final int at, final int to, final List<Needle> more) {
    Needle found = needles.at(in, at, to);
    for (int i = 0; i < more.size(); i++) {
      final Needle other = more.get(i);
      if (in[at] == other.bytes()[0]
          && (found == null || found.bytes().length < other.bytes().length)
          && other.isAt(in, at, to)) {
        found = other;
      }
    }
    return found;
  }

  private void put(final byte[] from, final int start, final int end) {
    final int count = end - start;
    if (out.length - length < count) {
      out = Arrays.copyOf(out, Math.max(length + count, 2 * out.length));
    }
    System.arraycopy(from, start, out, length, count);
    length += count;
  }

  /** Whether anything was replaced since it was emptied. */
  boolean isFound() {
    return isFound;
  }

  /** The array, from its start; it holds until more is appended. */
  byte[] bytes() {
    return out;
  }

  int length() {
    return length;
  }
}
