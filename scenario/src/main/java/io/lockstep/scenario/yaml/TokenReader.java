package io.lockstep.scenario.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.lockstep.scenario.diagnostic.Diagnostic;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Jackson's tokens, with their places as offsets in the text and its failures as our own. */
final class TokenReader {
  /** Jackson's own words for a place, which say nothing that the line and column do not. */
  private static final Pattern START_MARKER =
      Pattern.compile("\\s*\\((start marker|for \\w+ starting) at .*\\)", Pattern.DOTALL);

  /** What is said of texts that have a meaning in YAML. */
  private static final Pattern UNQUOTED =
      Pattern.compile("expected ',' or|mapping values are not|cannot start any token");

  private static final String COMPLEX_KEY = "Expected a field name";

  private final JsonParser parser;
  private final String text;
  private final int base;
  private final boolean yaml;
  private int knownChar;
  private int knownCodePoint;

  /** {@code skipped} chars of the text are not seen by the parser; {@code base} is its place. */
  TokenReader(final JsonParser parser, final String text, final int skipped, final int base) {
    this.parser = parser;
    this.text = text;
    this.base = base;
    this.yaml = parser instanceof YAMLParser;
    this.knownChar = skipped;
  }

  /** The next token, or {@code null} at the end. */
  JsonToken next() throws UnreadableException {
    try {
      return parser.nextToken();
    } catch (final IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** Text of a scalar, or the anchor's name of an alias. */
  String text() throws UnreadableException {
    try {
      final String value = parser.getText();
      return value == null ? "" : value;
    } catch (final IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** Whether an empty text is no text at all: not quoted, no block. */
  boolean isNothing() {
    if (!yaml) {
      return false;
    }
    int at = offset(parser.currentTokenLocation());
    if (at < text.length() && text.charAt(at) == '&') {
      at = endOfAnchor(at);
    }
    return at >= text.length() || "'\"|>".indexOf(text.charAt(at)) < 0;
  }

  private int endOfAnchor(final int start) {
    int at = start;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  boolean isYaml() {
    return yaml;
  }

  boolean isAlias() {
    return parser instanceof YAMLParser yamlParser && yamlParser.isCurrentAlias();
  }

  /** Name of the anchor on the value that starts here, or {@code null}. */
  String anchor() throws UnreadableException {
    try {
      return parser.getObjectId() instanceof String anchor ? anchor : null;
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  /** The explicit tag on the value that starts here, or {@code null}. */
  String tag() throws UnreadableException {
    try {
      return parser.getTypeId() instanceof String tag ? tag : null;
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  /** Where the current token starts, among all sources. */
  int offset() {
    return base + offset(parser.currentTokenLocation());
  }

  /** Whether the current token is a null that is written, not just a value left out. */
  boolean isWrittenNull() {
    final int start = offset(parser.currentTokenLocation());
    final int at = start < text.length() && text.charAt(start) == '&' ? endOfAnchor(start) : start;
    return at < text.length() && "nN~".indexOf(text.charAt(at)) >= 0;
  }

  private int offset(final JsonLocation location) {
    return location == null || location.getCharOffset() < 0
        ? text.length()
        : charOffset(location.getCharOffset());
  }

  /**
   * YAML places count code points, JSON places chars. They come nearly in order: walk from the
   * last.
   */
  private int charOffset(final long parserOffset) {
    final long steps = parserOffset - knownCodePoint;
    final int most = steps < 0 ? text.codePointCount(0, knownChar) : text.length() - knownChar;
    if (Math.abs(steps) > most) {
      return steps < 0 ? 0 : text.length();
    }
    final int moved = yaml ? walk((int) steps) : knownChar + (int) steps;
    knownChar = moved;
    knownCodePoint = (int) parserOffset;
    return moved;
  }

  private int walk(final int steps) {
    int at = knownChar;
    for (int i = 0; i < steps && at < text.length(); i++) {
      at += Character.charCount(text.codePointAt(at));
    }
    for (int i = 0; i > steps && at > 0; i--) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  private UnreadableException unreadable(final Exception e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
      final int offset =
          marked.getProblemMark() == null
              ? offset()
              : base + charOffset(marked.getProblemMark().getIndex());
      final String context = marked.getContext() == null ? "" : " (" + marked.getContext() + ")";
      final String[] notes =
          Optional.of(marked.getProblem())
              .filter(problem -> UNQUOTED.matcher(problem).find())
              .flatMap(problem -> LostQuotes.around(text, offset - base))
              .map(quoted -> new String[] {"put the text in quotes: " + quoted})
              .orElse(new String[0]);
      return new UnreadableException(
          Diagnostic.Kind.SYNTAX, offset, "not YAML: " + marked.getProblem() + context, notes);
    }
    final boolean located = e instanceof JsonProcessingException;
    final int offset =
        located ? base + offset(((JsonProcessingException) e).getLocation()) : offset();
    final String said =
        located ? ((JsonProcessingException) e).getOriginalMessage() : e.getMessage();
    final String reason = START_MARKER.matcher(String.valueOf(said)).replaceAll("");
    if (reason.startsWith(COMPLEX_KEY)) {
      return new UnreadableException(
          Diagnostic.Kind.SYNTAX, offset, "a key must be text, not a map, a list or an alias");
    }
    final int lineEnd = reason.indexOf('\n');
    return new UnreadableException(
        Diagnostic.Kind.SYNTAX,
        offset,
        (yaml ? "not YAML: " : "not JSON: ")
            + (lineEnd < 0 ? reason : reason.substring(0, lineEnd)));
  }
}
