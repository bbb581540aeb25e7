package io.lockstep.scenario.document;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.yaml.Budget;
import io.lockstep.scenario.yaml.DocumentReader;
import java.util.List;
import java.util.Optional;

/**
 * Makes the one tree of a scenario: its file over the files that it includes, under the environment
 * that was chosen, under the values that were set. Never throws on account of a text.
 */
public final class DocumentLoader {
  private final Diagnostics diagnostics;
  private final LoadOptions options;
  private final Budget budget = new Budget();
  private final Merger merger = new Merger();

  private DocumentLoader(final Diagnostics diagnostics, final LoadOptions options) {
    this.diagnostics = diagnostics;
    this.options = options;
  }

  /** The document whose main file is the diagnostics' first source. */
  public static Document load(
      final Diagnostics diagnostics, final LoadOptions options, final IncludeFiles files) {
    return new DocumentLoader(diagnostics, options).load(files);
  }

  private Document load(final IncludeFiles files) {
    final Optional<Node> main = DocumentReader.read(diagnostics, budget);
    if (main.isEmpty()) {
      return new Document(Optional.empty(), false, Optional.empty(), List.of());
    }
    final Includer includer = new Includer(diagnostics, files, budget, merger);
    final Node expanded = SplicedSteps.inFile(includer.expandMain(main.get()));
    if (!(expanded instanceof MapNode map)) {
      return new Document(Optional.of(expanded), true, Optional.empty(), includer.included());
    }
    final Optional<Node> environments = Optional.ofNullable(map.get(DocumentKeys.ENV_NAME));
    Node root = Merger.without(map, DocumentKeys.ENV_NAME);
    final Strangers strangers = new Strangers(map, diagnostics);
    if (options.environment().isPresent()) {
      root = laidOver(root, environments, options.environment().get());
    }
    if (merger.isExhausted()) {
      diagnostics.add(
          Diagnostic.Kind.LIMIT,
          root.offset(),
          "laying the files over each other takes more than " + Merger.MAX_STEPS + " steps",
          List.of("each key of two maps that are merged is a step"));
    }
    for (final String assignment : options.assignments()) {
      root = Assignment.apply(root, assignment, diagnostics, budget);
    }
    if (includer.isComplete() && !merger.isExhausted()) {
      environments.ifPresent(strangers::check);
      root = strangers.without(root);
    }
    return new Document(
        Optional.of(root),
        includer.isComplete() && !merger.isExhausted(),
        environments,
        includer.included());
  }

  private Node laidOver(final Node root, final Optional<Node> environments, final String name) {
    final Node overlay = environments.orElse(null) instanceof MapNode map ? map.get(name) : null;
    if (overlay instanceof MapNode) {
      return merger.into(root, overlay);
    }
    if (overlay == null) {
      unknown(environments, name);
    }
    return root;
  }

  private void unknown(final Optional<Node> environments, final String name) {
    final int base = diagnostics.addSource(new Source("--env", name));
    final List<String> names =
        environments.orElse(null) instanceof MapNode map
            ? map.entries().stream().map(MapNode.Entry::key).toList()
            : List.of();
    new Reading(diagnostics)
        .unknown(
            Diagnostic.Kind.BAD_VALUE,
            base,
            names.isEmpty()
                ? "there is no environment `" + name + "`: the file has no `env`"
                : "there is no environment `" + name + "`",
            name,
            names,
            List.of());
  }
}
