package io.lockstep.scenario.diagnostic;

import java.util.List;
import java.util.Locale;

/**
 * One error or warning about a file.
 *
 * @param kind what sort it is
 * @param position where
 * @param message what is wrong, in a sentence without its full stop
 * @param excerpt the line meant
 * @param notes what is allowed, what may have been meant, what to do
 */
public record Diagnostic(
    Kind kind, Position position, String message, Source.Excerpt excerpt, List<String> notes) {
  public Diagnostic {
    notes = List.copyOf(notes);
  }

  /**
   * One about a file that is too large to be held whole.
   *
   * @param snippet the part of the file around the place meant
   * @param offset of that place in the snippet
   */
  public static Diagnostic of(
      final Kind kind,
      final Position position,
      final String message,
      final Source snippet,
      final int offset,
      final List<String> notes) {
    return new Diagnostic(
        kind,
        position,
        Source.visible(message),
        snippet.excerpt(offset),
        notes.stream().map(Source::visible).toList());
  }

  /** How bad it is. */
  public enum Severity {
    /** The file cannot be used. */
    ERROR,
    /** The file can be used, but may not do what is wanted. */
    WARNING;

    /** The word before the message. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Sorts of errors and warnings. */
  public enum Kind {
    /** Not text, not YAML or not JSON. */
    SYNTAX(Severity.ERROR),
    /** Larger, deeper or more than a limit allows. */
    LIMIT(Severity.ERROR),
    /** A key that the language does not have. */
    UNKNOWN_KEY(Severity.ERROR),
    /** A key given twice. */
    DUPLICATE_KEY(Severity.ERROR),
    /** A key that must be there and is not. */
    MISSING_KEY(Severity.ERROR),
    /** Text where a number must be, a list where a map must be, and so on. */
    WRONG_TYPE(Severity.ERROR),
    /** A value of the right type that is not allowed. */
    BAD_VALUE(Severity.ERROR),
    /** A file that is named, and not there or not to be read. */
    MISSING_FILE(Severity.ERROR),
    /** Values that do not fit each other. */
    CONFLICT(Severity.ERROR),
    /** A closed model whose VUs never pause. */
    NO_THINK_TIME(Severity.WARNING),
    /** An open model with fewer VUs than the rate will keep busy. */
    TOO_FEW_VUS(Severity.WARNING),
    /** Fewer rows of data than there are iterations or VUs that want one. */
    ROWS_RUN_OUT(Severity.WARNING),
    /** A choice of rows whose end the target's speed decides. */
    TIMING_DEPENDENT(Severity.WARNING),
    /** A variable that is set, or a constant, that nothing reads. */
    UNUSED_VARIABLE(Severity.WARNING),
    /** A variable that is read where it may not be set yet. */
    UNSET_VARIABLE(Severity.WARNING),
    /** A data source that nothing reads. */
    UNUSED_DATA(Severity.WARNING),
    /** A secret that no request has in it. */
    UNUSED_SECRET(Severity.WARNING),
    /** A metric of the file that no step measures. */
    UNUSED_METRIC(Severity.WARNING),
    /** A step that is never done. */
    UNREACHABLE_STEP(Severity.WARNING),
    /** The number of a VU where each iteration is a user of its own. */
    INCIDENTAL_VU(Severity.WARNING),
    /** A rendezvous of more users than there are. */
    INCOMPLETE_RENDEZVOUS(Severity.WARNING);

    private final Severity severity;

    Kind(final Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }
  }

  /**
   * The first line: {@code file:line:column: error: message}; of a warning its kind follows, by
   * which the reference has more about it.
   */
  public String headline() {
    final String code = kind.severity() == Severity.WARNING ? " [" + kind + "]" : "";
    return position + ": " + kind.severity().word() + ": " + message + code;
  }

  /**
   * The lines below the first, each ended: the excerpt, a caret under the place meant, the notes.
   */
  public String details() {
    final String number = Integer.toString(position.line());
    final String margin = " ".repeat(number.length() + 3);
    final StringBuilder out = new StringBuilder();
    out.append("  ").append(number).append(" | ").append(excerpt.text()).append('\n');
    out.append(margin).append("| ").append(" ".repeat(excerpt.caret())).append("^\n");
    for (final String note : notes) {
      out.append(margin).append("= ").append(note).append('\n');
    }
    return out.toString();
  }

  /** All of it as plain text; each line is ended. */
  public String render() {
    return headline() + "\n" + details();
  }
}
