package io.lockstep.engine.content.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;
import java.util.OptionalInt;

/** A group of each match of a regular expression in the body, in time linear in its length. */
public final class RegexFinder implements Finder<Content> {
  private final Pattern pattern;
  private final int group;
  private final Matches found = new Matches();

  /** {@code group} is empty for the first group, or the whole match where there is none. */
  public RegexFinder(final String pattern, final OptionalInt group) {
    this.pattern = compile(pattern);
    this.group = group.orElse(Math.min(1, this.pattern.groupCount()));
  }

  /** The number of groups of a pattern; throws where it is wrong. */
  public static int groups(final String pattern) {
    return compile(pattern).groupCount();
  }

  static Pattern compile(final String pattern) {
    if (PatternSize.of(pattern) > PatternSize.MAX) {
      throw new IllegalArgumentException(
          "its repetitions make it larger than " + PatternSize.MAX + " steps");
    }
    return Pattern.compile(pattern);
  }

  @Override
  public Matches find(final Content content) {
    found.clear();
    final Matcher matcher = pattern.matcher(content.text());
    while (!found.isFull() && matcher.find()) {
      final String text = matcher.group(group);
      if (text != null) {
        found.add(text);
      }
    }
    return found;
  }
}
