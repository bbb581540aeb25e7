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
 * Reads documents. A file named {@code .json} is JSON; of any other name, a text that starts with a
 * brace is JSON if it can be read so, and everything else is YAML. Never throws on account of the
 * text.
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

  private final Diagnostics diagnostics;
  private final Source source;
  private final int base;
  private final int skipped;
  private final Budget budget;

  private DocumentReader(
      final Diagnostics diagnostics,
      final Source source,
      final int base,
      final int skipped,
      final Budget budget) {
    this.diagnostics = diagnostics;
    this.source = source;
    this.base = base;
    this.skipped = skipped;
    this.budget = budget;
  }

  private static LoaderOptions loaderOptions() {
    final LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Limits.MAX_FILE_BYTES + 1);
    return options;
  }

  /** The tree of the first source; empty where it has none, which the diagnostics then say. */
  public static Optional<Node> read(final Diagnostics diagnostics, final Budget budget) {
    return read(diagnostics, diagnostics.source(), 0, budget);
  }

  /**
   * The tree of a source; empty where it has none, which the diagnostics then say.
   *
   * @param base offset of its first char among all sources
   */
  public static Optional<Node> read(
      final Diagnostics diagnostics, final Source source, final int base, final Budget budget) {
    final int mark = startsWithMark(source.text()) ? 1 : 0;
    final boolean json = source.name().toLowerCase(Locale.ROOT).endsWith(".json");
    return new DocumentReader(diagnostics, source, base, mark, budget)
        .read(
            json, "the file is empty", "a scenario has at least `name`, `target` and `scenarios`");
  }

  /**
   * The value that a source is, which need not be a scenario.
   *
   * @param base offset of its first char among all sources
   */
  public static Optional<Node> readWhole(
      final Diagnostics diagnostics, final Source source, final int base, final Budget budget) {
    return readValue(diagnostics, source, base, startsWithMark(source.text()) ? 1 : 0, budget);
  }

  /**
   * The value that the rest of a source is, in YAML or JSON.
   *
   * @param base offset of its first char among all sources
   * @param from where the rest begins
   */
  public static Optional<Node> readValue(
      final Diagnostics diagnostics,
      final Source source,
      final int base,
      final int from,
      final Budget budget) {
    return new DocumentReader(diagnostics, source, base, from, budget)
        .read(
            false,
            "there is no value",
            "an empty text is '', and one that starts with # is quoted");
  }

  private Optional<Node> read(
      final boolean named, final String emptyMessage, final String emptyNote) {
    try {
      requireReadableCharacters();
      final boolean json = named || (firstCharacter() == '{' && isJson());
      if (!json) {
        requireShortLines();
      }
      final Node root = read(json ? JSON : YAML);
      if (root == null) {
        throw new UnreadableException(
            Diagnostic.Kind.SYNTAX, base + skipped, emptyMessage, emptyNote);
      }
      return Optional.of(root);
    } catch (final UnreadableException e) {
      diagnostics.add(e.kind(), e.offset(), e.getMessage(), e.notes());
      return Optional.empty();
    }
  }

  /** Flow YAML may start like JSON, so an attempt that fails says nothing about the text. */
  private boolean isJson() {
    try {
      return new DocumentReader(new Diagnostics(source), source, 0, skipped, budget.copy())
              .read(JSON)
          != null;
    } catch (final UnreadableException e) {
      return false;
    }
  }

  private Node read(final JsonFactory factory) throws UnreadableException {
    final String text = source.text();
    try (JsonParser parser = factory.createParser(text.substring(skipped))) {
      final TokenReader tokens = new TokenReader(parser, text, skipped, base);
      return new TreeBuilder(tokens, diagnostics, budget).document();
    } catch (final IOException e) {
      throw new UnreadableException(
          Diagnostic.Kind.SYNTAX, base, "the file cannot be read: " + e.getMessage());
    }
  }

  private static boolean startsWithMark(final String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
  }

  private char firstCharacter() {
    final String text = source.text();
    for (int i = skipped; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
    }
    return 0;
  }

  /** Neither format allows control characters, and the libraries report them without a place. */
  private void requireReadableCharacters() throws UnreadableException {
    final String text = source.text();
    int i = skipped;
    while (i < text.length()) {
      final int c = text.codePointAt(i);
      if (!isReadable(c)) {
        throw new UnreadableException(
            Diagnostic.Kind.SYNTAX,
            base + i,
            String.format(Locale.ROOT, "the character U+%04X is not allowed in a file", c),
            "in a quoted text, write an escape such as \\u0007");
      }
      i += Character.charCount(c);
    }
  }

  private void requireShortLines() throws UnreadableException {
    final String text = source.text();
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        lineStart = i + 1;
      } else if (i - lineStart >= Limits.MAX_YAML_LINE) {
        throw new UnreadableException(
            Diagnostic.Kind.LIMIT,
            base + lineStart,
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
