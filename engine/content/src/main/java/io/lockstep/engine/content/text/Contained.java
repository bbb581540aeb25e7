package io.lockstep.engine.content.text;

import com.google.re2j.Pattern;

/** Whether a regular expression has a match in a text. */
public final class Contained {
  private final Pattern pattern;

  public Contained(final String pattern) {
    this.pattern = RegexFinder.compile(pattern);
  }

  /** Whether there is a match anywhere in it. */
  public boolean in(final String text) {
    return pattern.matcher(text).find();
  }
}
