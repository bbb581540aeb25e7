package io.lockstep.engine.content.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression becomes when its counted repetitions are written out, as RE2 does:
 * an estimate from its text alone, made before a small text can take all memory.
 */
final class PatternSize {
  /** Larger ones are refused. */
  static final int MAX = 20_000;

  private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  /** Sizes of the groups around the place, without the innermost. */
  private final Deque<Long> outer = new ArrayDeque<>();

  private final String text;
  private long size;
  private long lastAtom;
  private int at;

  private PatternSize(final String text) {
    this.text = text;
  }

  /** An upper estimate, in steps. */
  static long of(final String pattern) {
    return new PatternSize(pattern).estimate();
  }

  private long estimate() {
    while (at < text.length() && size <= MAX) {
      step(text.charAt(at));
    }
    return outer.stream().reduce(size, Long::sum);
  }

  private void step(final char c) {
    at++;
    if (c == '(') {
      outer.push(size);
      size = 0;
    } else if (c == ')' && !outer.isEmpty()) {
      lastAtom = size + 2;
      size = outer.pop() + lastAtom;
    } else if (c == '{') {
      repeat();
    } else {
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        skipClass();
      }
      lastAtom = 1;
      size++;
    }
  }

  private void skipClass() {
    int close = at + 1; // a bracket that comes first stands for itself
    while (close < text.length() && text.charAt(close) != ']') {
      close += text.charAt(close) == '\\' ? 2 : 1;
    }
    at = close + 1;
  }

  private void repeat() {
    final Matcher count = COUNT.matcher(text).region(at - 1, text.length());
    if (count.lookingAt()) {
      final String most = count.group(2);
      final long times = Long.parseLong(most == null || most.isEmpty() ? count.group(1) : most);
      size += lastAtom * Math.max(0, times - 1);
      lastAtom *= Math.max(1, times);
      at = count.end();
    }
  }
}
