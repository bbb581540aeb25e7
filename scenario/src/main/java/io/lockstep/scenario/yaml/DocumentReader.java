package io.lockstep.scenario.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.tree.Node;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads one document. A file named {@code .json} is JSON; of any other name, a text that starts
 * with a brace is JSON if it can be read so, and everything else is YAML. Never throws on account
 * of the text.
 */
public final class DocumentReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int NEXT_LINE = 0x85;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(2 * Limits.MAX_DEPTH)
          .maxStringLength(Limits.MAX_FILE_BYTES)
          .maxNameLength(Limits.MAX_FILE_BYTES)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .loaderOptions(loaderOptions())
          .build();

  private DocumentReader() {}

  private static LoaderOptions loaderOptions() {
    final LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Limits.MAX_FILE_BYTES + 1);
    return options;
  }

  /** The tree of the text; empty where it has none, which the diagnostics then say. */
  public static Optional<Node> read(final Diagnostics diagnostics) {
    final Source source = diagnostics.source();
    try {
      requireReadableCharacters(source.text());
      final boolean named = source.name().toLowerCase(Locale.ROOT).endsWith(".json");
      if (named) {
        return Optional.of(read(JSON, diagnostics));
      }
      if (firstCharacter(source.text()) == '{') {
        final Optional<Node> json = readIfJson(source);
        if (json.isPresent()) {
          return Optional.of(read(JSON, diagnostics));
        }
      }
      requireShortLines(source.text());
      return Optional.of(read(YAML, diagnostics));
    } catch (final UnreadableException e) {
      diagnostics.add(e.kind(), e.offset(), e.getMessage(), e.notes());
      return Optional.empty();
    }
  }

  /** Flow YAML may start like JSON, so an attempt that fails says nothing about the text. */
  private static Optional<Node> readIfJson(final Source source) {
    try {
      return Optional.of(read(JSON, new Diagnostics(source)));
    } catch (final UnreadableException e) {
      return Optional.empty();
    }
  }

  private static Node read(final JsonFactory factory, final Diagnostics diagnostics)
      throws UnreadableException {
    final String text = diagnostics.source().text();
    final int skipped = startsWithMark(text) ? 1 : 0;
    try (JsonParser parser = factory.createParser(text.substring(skipped))) {
      return new TreeBuilder(new TokenReader(parser, text, skipped), diagnostics).document();
    } catch (final IOException e) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX, 0, "the file cannot be read: " + e.getMessage());
    }
  }

  private static boolean startsWithMark(final String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
  }

  private static char firstCharacter(final String text) {
    for (int i = startsWithMark(text) ? 1 : 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
    return 0;
  }

  /** Neither format allows control characters, and the libraries report them without a place. */
  private static void requireReadableCharacters(final String text) throws UnreadableException {
    int i = startsWithMark(text) ? 1 : 0;
    while (i < text.length()) {
      final int c = text.codePointAt(i);
      if (!isReadable(c)) {
        throw new UnreadableException(
            Diagnostic.Kind.SYNTAX,
            i,
            String.format(Locale.ROOT, "the character U+%04X is not allowed in a file", c),
            "in a quoted text, write an escape such as \\u0007");
      }
      i += Character.charCount(c);
    }
  }

  private static void requireShortLines(final String text) throws UnreadableException {
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        lineStart = i + 1;
      } else if (i - lineStart >= Limits.MAX_YAML_LINE) {
        throw new UnreadableException(
            Diagnostic.Kind.LIMIT,
            lineStart,
            "the line has more than " + Limits.MAX_YAML_LINE + " characters",
            "break it, or write the file as JSON, whose lines have no limit");
      }
    }
  }

  private static boolean isReadable(final int c) {
    if (c < 0x20) {
      return c == '\t' || c == '\n' || c == '\r';
    }
    final boolean control = c >= 0x7F && c < 0xA0 && c != NEXT_LINE;
    final boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !surrogate && c != BYTE_ORDER_MARK && c != 0xFFFE && c != 0xFFFF;
  }

  /** An error about a whole file that was not even read. */
  public static Diagnostics tooLarge(final String name) {
    final Diagnostics diagnostics = new Diagnostics(new Source(name, ""));
    diagnostics.add(
        Diagnostic.Kind.LIMIT,
        0,
        "the file is larger than " + Limits.MAX_FILE_BYTES + " bytes, which is the limit",
        List.of());
    return diagnostics;
  }
}
