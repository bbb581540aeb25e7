package io.lockstep.scenario.read;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.NearestName;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reading of one tree: where types report what is wrong. */
@SuppressWarnings(
    "TypeParameterUnusedInFormals") // always null: lets a type report and return in one
public final class Reading {
  private static final int MAX_LISTED = 40;

  private final Diagnostics diagnostics;
  private final boolean part;

  /** Where what is found goes instead of reports; {@code null} where reports are made. */
  private final Finds finds;

  public Reading(final Diagnostics diagnostics) {
    this(diagnostics, false, null);
  }

  private Reading(final Diagnostics diagnostics, final boolean part, final Finds finds) {
    this.diagnostics = diagnostics;
    this.part = part;
    this.finds = finds;
  }

  /** A reading that reports nothing, as that was done before, and notes what there is. */
  public Reading finding(final Finds newFinds) {
    return new Reading(diagnostics, false, newFinds);
  }

  /** Notes a part that is right for itself, whatever is wrong around it. */
  public void found(final Object something) {
    if (finds != null) {
      finds.add(something);
    }
  }

  /** A reading of what is to be laid over something else: keys may be missing. */
  public Reading ofPart() {
    return new Reading(diagnostics, true, finds);
  }

  /** A reading of what stands for itself, inside of whatever. */
  public Reading ofWhole() {
    return part ? new Reading(diagnostics, false, finds) : this;
  }

  /** Whether keys may be missing. */
  public boolean isPart() {
    return part;
  }

  /** The source that a node is in. */
  public Source source(final Node node) {
    return diagnostics.sourceAt(node.offset());
  }

  /** Whether a node is in the file that was named, rather than in one that it includes. */
  public boolean isInMainFile(final int offset) {
    return diagnostics.sourceAt(offset) == diagnostics.source();
  }

  /** Reports a value that is not allowed; returns {@code null} for the type to return. */
  public <T> T bad(final Node node, final String message, final String... notes) {
    return bad(node.offset(), message, notes);
  }

  /** Reports a value that is not allowed. */
  public <T> T bad(final int offset, final String message, final String... notes) {
    return report(Diagnostic.Kind.BAD_VALUE, offset, message, Arrays.asList(notes));
  }

  /** Reports values that do not fit each other. */
  public <T> T conflict(final int offset, final String message, final String... notes) {
    return report(Diagnostic.Kind.CONFLICT, offset, message, Arrays.asList(notes));
  }

  /** Reports a node of the wrong type. */
  public <T> T wrongType(final Node node, final Type<?> type, final String... notes) {
    return report(
        Diagnostic.Kind.WRONG_TYPE,
        node.offset(),
        "expected " + type.expected() + ", found " + node.describe(),
        withTemplateNote(node, notes));
  }

  /** Reports a value that is not allowed where no template can stand. */
  public <T> T badConstant(final Node node, final String message, final String... notes) {
    return report(Diagnostic.Kind.BAD_VALUE, node.offset(), message, withTemplateNote(node, notes));
  }

  private static List<String> withTemplateNote(final Node node, final String... notes) {
    final List<String> all = new ArrayList<>(Arrays.asList(notes));
    if (node instanceof ScalarNode scalar && scalar.text().contains("${")) {
      all.add(
          "templates are for what requests send, and for logs; another value for each run comes of"
              + " an environment (`env`, `--env NAME`) or of `--set path=value`");
    }
    return all;
  }

  /** Something cannot be judged before the errors are mended. */
  public void furtherChecksWait() {
    if (finds == null) {
      diagnostics.furtherChecksWait();
    }
  }

  /** Whether a place is in what the command line sets. */
  public boolean isSet(final int offset) {
    return diagnostics.sourceAt(offset).name().startsWith(Source.SET);
  }

  /** Reports that more of something is there than allowed. */
  public <T> T tooMany(final int offset, final String message) {
    return report(Diagnostic.Kind.LIMIT, offset, message, List.of());
  }

  /** Reports a required key that is not there, unless keys may be missing. */
  public <T> T missing(final int offset, final String message, final String... notes) {
    return part ? null : report(Diagnostic.Kind.MISSING_KEY, offset, message, Arrays.asList(notes));
  }

  /** Reports a name that is none of those allowed; {@code notes} come after those two. */
  public <T> T unknown(
      final Diagnostic.Kind kind,
      final int offset,
      final String message,
      final String given,
      final Collection<String> allowed,
      final List<String> notes) {
    if (finds != null || diagnostics.isFull()) {
      return report(kind, offset, message, List.of());
    }
    final List<String> all = new ArrayList<>();
    all.add(allowed.isEmpty() ? "none is allowed" : "allowed: " + listed(allowed));
    nearest(given, allowed).ifPresent(all::add);
    all.addAll(notes);
    return report(kind, offset, message, all);
  }

  private static Optional<String> nearest(final String given, final Collection<String> allowed) {
    return NearestName.of(given, allowed).map(name -> "did you mean `" + name + "`?");
  }

  private static String listed(final Collection<String> allowed) {
    final String list =
        allowed.stream().limit(MAX_LISTED).map(ScalarNode::shown).collect(Collectors.joining(", "));
    return allowed.size() <= MAX_LISTED
        ? list
        : list + " and " + (allowed.size() - MAX_LISTED) + " more";
  }

  /** Warns. */
  public void warn(
      final Diagnostic.Kind kind, final int offset, final String message, final String... notes) {
    report(kind, offset, message, Arrays.asList(notes));
  }

  /**
   * The place of a char of a scalar's text: exact where the file spells the text as it is, on one
   * line, with or without quotes; otherwise the scalar's start.
   */
  public int within(final ScalarNode scalar, final int index) {
    return within(scalar.offset(), scalar.text(), index);
  }

  /** The place of a char of a text that stands at an offset, found in the same way. */
  public int within(final int offset, final String text, final int index) {
    final String file = diagnostics.sourceAt(offset).text();
    final int start = diagnostics.within(offset);
    if (file.startsWith(text, start)) {
      return offset + index;
    }
    final boolean quoted =
        start < file.length() && (file.charAt(start) == '"' || file.charAt(start) == '\'');
    return quoted && file.startsWith(text, start + 1) ? offset + 1 + index : offset;
  }

  private <T> T report(
      final Diagnostic.Kind kind,
      final int offset,
      final String message,
      final List<String> notes) {
    if (finds == null) {
      diagnostics.add(kind, offset, message, notes);
    } else {
      finds.refused(kind);
    }
    return null;
  }
}
