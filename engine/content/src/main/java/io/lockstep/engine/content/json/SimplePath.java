package io.lockstep.engine.content.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSONPath of names, indices from the front and {@code [*]} alone, such as {@code $.items[*].id},
 * {@code $['a b'][0]} or {@code $.items.length()}: one that a single pass over the bytes can
 * follow.
 *
 * @param segments from the root down
 * @param length whether the number of items or members is wanted in place of the value
 */
record SimplePath(List<Segment> segments, boolean length) {
  /** Longer ones are left to the library. */
  static final int MAX_SEGMENTS = 32;

  private static final String LENGTH = ".length()";
  private static final Pattern SEGMENT =
      Pattern.compile(
          "\\.(?<name>[A-Za-z_][A-Za-z0-9_-]*)(?![A-Za-z0-9_(-])"
              + "|\\[(?<index>0|[1-9][0-9]{0,8})\\]"
              + "|\\[(?<all>\\*)\\]"
              + "|\\['(?<single>[^'\"\\\\,\\]]*)'\\]"
              + "|\\[\"(?<quoted>[^'\"\\\\,\\]]*)\"\\]");

  SimplePath {
    segments = List.copyOf(segments);
  }

  /** A step down: into a member, an item, or all items. */
  record Segment(String name, int index) {
    private static final int ALL = -1;

    boolean isName() {
      return name != null;
    }

    boolean isAll() {
      return name == null && index == ALL;
    }
  }

  /** Whether it has one value at most. */
  boolean isDefinite() {
    return segments.stream().noneMatch(Segment::isAll);
  }

  /** The simple path that a text spells; empty where it spells another or none. */
  static Optional<SimplePath> of(final String text) {
    if (!text.startsWith("$")) {
      return Optional.empty();
    }
    final boolean length = text.endsWith(LENGTH);
    final int end = length ? text.length() - LENGTH.length() : text.length();
    final List<Segment> segments = new ArrayList<>();
    final Matcher matcher = SEGMENT.matcher(text).region(1, end);
    int at = 1;
    while (at < end && matcher.find() && matcher.start() == at) {
      segments.add(segment(matcher));
      at = matcher.end();
    }
    final SimplePath path = new SimplePath(segments, length);
    final boolean followed = at == end && segments.size() <= MAX_SEGMENTS;
    return followed && (!length || path.isDefinite()) ? Optional.of(path) : Optional.empty();
  }

  private static Segment segment(final Matcher matcher) {
    if (matcher.group("index") != null) {
      return new Segment(null, Integer.parseInt(matcher.group("index")));
    }
    if (matcher.group("all") != null) {
      return new Segment(null, Segment.ALL);
    }
    for (final String group : List.of("name", "single")) {
      if (matcher.group(group) != null) {
        return new Segment(matcher.group(group), 0);
      }
    }
    return new Segment(matcher.group("quoted"), 0);
  }
}
