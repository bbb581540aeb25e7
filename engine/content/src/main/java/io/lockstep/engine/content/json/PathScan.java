package io.lockstep.engine.content.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Follows several simple paths in one pass over a document. Each path is a bit: going down, a value
 * has the bits of all paths whose first segments lead to it. Where a path meets what one pass
 * cannot decide (a name twice in an object, of which the last counts, {@code [*]} or a length on an
 * object) it is given up for the library.
 */
final class PathScan {
  /** So many fit the bits of a {@code long}. */
  static final int MAX_PATHS = Long.SIZE;

  private final SimplePath.Segment[][] segments;
  private final long lengthWanted;

  /** By level: the paths that end there. */
  private final long[] endingAt = new long[SimplePath.MAX_SEGMENTS + 1];

  private final Matches[] found;
  private long givenUp;
  private byte[] bytes;
  private int offset;

  PathScan(final List<SimplePath> paths) {
    segments = new SimplePath.Segment[paths.size()][];
    found = new Matches[paths.size()];
    long lengths = 0;
    for (int i = 0; i < segments.length; i++) {
      segments[i] = paths.get(i).segments().toArray(new SimplePath.Segment[0]);
      lengths |= paths.get(i).length() ? 1L << i : 0;
      found[i] = new Matches();
      endingAt[segments[i].length] |= 1L << i;
    }
    lengthWanted = lengths;
  }

  /** Finds all values; nothing at all where the bytes are not one JSON document. */
  void scan(final byte[] source, final int start, final int length) {
    clear();
    bytes = source;
    offset = start;
    boolean whole = false;
    try (JsonParser parser = JsonLimits.FACTORY.createParser(source, start, length)) {
      final JsonToken first = parser.nextToken();
      if (first != null) {
        value(parser, first, 0, segments.length == MAX_PATHS ? -1 : (1L << segments.length) - 1);
        whole = parser.nextToken() == null;
      }
    } catch (final IOException | NumberFormatException e) {
      whole = false; // not JSON, which has no values
    }
    if (!whole) {
      clear();
    }
  }

  /** Forgets all values. */
  void clear() {
    givenUp = 0;
    for (final Matches matches : found) {
      matches.clear();
    }
  }

  /** Whether the values of a path must come from the library. */
  boolean isGivenUp(final int path) {
    return (givenUp >>> path & 1) != 0;
  }

  private boolean wantsLength(final int path) {
    return (lengthWanted >>> path & 1) != 0;
  }

  Matches found(final int path) {
    return found[path];
  }

  private void value(
      final JsonParser parser, final JsonToken token, final int level, final long paths)
      throws IOException {
    final long ending = paths & endingAt[level];
    if (!token.isStructStart()) {
      if (ending != 0) {
        addScalar(parser, token, ending);
      }
      return;
    }
    final long start = ending == 0 ? 0 : parser.currentTokenLocation().getByteOffset();
    final long going = paths & ~ending;
    final int children =
        token == JsonToken.START_OBJECT
            ? members(parser, level, going)
            : items(parser, level, going);
    if (ending != 0) {
      if (token == JsonToken.START_OBJECT) {
        givenUp |= ending & lengthWanted; // names that come twice count once
      }
      addStructure(start, parser.currentLocation().getByteOffset(), children, ending);
    }
  }

  private int members(final JsonParser parser, final int level, final long paths)
      throws IOException {
    int children = 0;
    long seen = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      final long matching = paths == 0 ? 0 : named(parser.currentName(), level, paths);
      givenUp |= matching & seen;
      seen |= matching;
      child(parser, level, matching);
      children++;
    }
    return children;
  }

  private long named(final String name, final int level, final long paths) {
    long matching = 0;
    for (long rest = paths; rest != 0; rest &= rest - 1) {
      final int path = Long.numberOfTrailingZeros(rest);
      final SimplePath.Segment segment = segments[path][level];
      if (segment.isName()) {
        if (name.equals(segment.name())) {
          matching |= 1L << path;
        }
      } else if (segment.isAll()) {
        givenUp |= 1L << path;
      }
    }
    return matching;
  }

  private int items(final JsonParser parser, final int level, final long paths) throws IOException {
    int children = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      final long matching = paths == 0 ? 0 : at(children, level, paths);
      if (matching == 0) {
        skip(parser, token);
      } else {
        value(parser, token, level + 1, matching);
      }
      children++;
    }
    return children;
  }

  private long at(final int index, final int level, final long paths) {
    long matching = 0;
    for (long rest = paths; rest != 0; rest &= rest - 1) {
      final int path = Long.numberOfTrailingZeros(rest);
      final SimplePath.Segment segment = segments[path][level];
      if (!segment.isName() && (segment.isAll() || segment.index() == index)) {
        matching |= 1L << path;
      }
    }
    return matching;
  }

  private void child(final JsonParser parser, final int level, final long matching)
      throws IOException {
    final JsonToken token = parser.nextToken();
    if (matching == 0) {
      skip(parser, token);
    } else {
      value(parser, token, level + 1, matching);
    }
  }

  private static void skip(final JsonParser parser, final JsonToken token) throws IOException {
    if (token.isStructStart()) {
      parser.skipChildren();
    }
  }

  private void addScalar(final JsonParser parser, final JsonToken token, final long ending)
      throws IOException {
    final Kind kind;
    final String text;
    switch (token) {
      case VALUE_STRING -> {
        kind = Kind.TEXT;
        text = parser.getText();
      }
      case VALUE_NUMBER_INT -> {
        kind = Kind.NUMBER;
        text = parser.getText().equals("-0") ? "0" : parser.getText();
      }
      case VALUE_NUMBER_FLOAT -> {
        final BigDecimal number = parser.getDecimalValue();
        if (JsonLimits.isTooLong(number)) {
          return; // as where there is none
        }
        kind = Kind.NUMBER;
        text = number.toString();
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        kind = Kind.BOOLEAN;
        text = parser.getText();
      }
      case VALUE_NULL -> {
        kind = Kind.NULL;
        text = "null";
      }
      default -> throw new IllegalStateException("a value cannot start with " + token);
    }
    for (long rest = ending; rest != 0; rest &= rest - 1) {
      final int path = Long.numberOfTrailingZeros(rest);
      if (!wantsLength(path)) {
        found[path].add(kind, text);
      }
    }
  }

  private void addStructure(final long start, final long end, final int children, final long ending)
      throws IOException {
    String text = null;
    for (long rest = ending; rest != 0; rest &= rest - 1) {
      final int path = Long.numberOfTrailingZeros(rest);
      if (wantsLength(path)) {
        found[path].add(Kind.NUMBER, Integer.toString(children));
      } else if (start < 0 || end < start) {
        givenUp |= 1L << path; // not UTF-8, so nobody knows where in the bytes it is
      } else {
        if (text == null) {
          text = JsonLimits.tree(bytes, offset + (int) start, (int) (end - start)).toString();
        }
        found[path].add(Kind.STRUCTURE, text);
      }
    }
  }
}
