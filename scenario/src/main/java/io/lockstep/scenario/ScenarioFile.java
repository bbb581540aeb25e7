package io.lockstep.scenario;

import io.lockstep.scenario.advice.Advice;
import io.lockstep.scenario.compile.Environment;
import io.lockstep.scenario.compile.PartialCheck;
import io.lockstep.scenario.compile.PlanCompiler;
import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.data.FileFacts;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.document.Document;
import io.lockstep.scenario.document.DocumentLoader;
import io.lockstep.scenario.document.FolderFiles;
import io.lockstep.scenario.document.IncludeFiles;
import io.lockstep.scenario.document.LoadOptions;
import io.lockstep.scenario.language.ReadableParts;
import io.lockstep.scenario.language.TestLanguage;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.yaml.DocumentReader;
import io.lockstep.scenario.yaml.Limits;
import io.lockstep.scenario.yaml.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads scenario files: text to tree, tree to model, model to plan. */
public final class ScenarioFile {
  private ScenarioFile() {}

  /**
   * Reads and compiles a file.
   *
   * @throws ScenarioException if its content cannot be used.
   * @throws IOException if it cannot be read.
   */
  public static Loaded load(final Path file) throws IOException, ScenarioException {
    return load(file, LoadOptions.NONE);
  }

  /**
   * Reads and compiles a file, with what it includes and what the user says besides.
   *
   * @throws ScenarioException if any of it cannot be used.
   * @throws IOException if the file cannot be read.
   */
  public static Loaded load(final Path file, final LoadOptions options)
      throws IOException, ScenarioException {
    try (InputStream in = Files.newInputStream(file)) {
      return load(
          file.toString(),
          in.readNBytes(Limits.MAX_FILE_BYTES + 1),
          options,
          FolderFiles.of(file),
          DataLocator.beside(file));
    }
  }

  /**
   * Compiles the bytes of a file that includes no others.
   *
   * @param displayName what messages call it; one that ends with {@code .json} is read as JSON
   * @throws ScenarioException if they cannot be used.
   */
  public static Loaded load(final String displayName, final byte[] bytes) throws ScenarioException {
    return load(displayName, bytes, LoadOptions.NONE, IncludeFiles.NONE, besideName(displayName));
  }

  /**
   * Compiles the bytes of a file.
   *
   * @param displayName what messages call it; one that ends with {@code .json} is read as JSON
   * @param files that it may include
   * @param locator finds its data files
   * @throws ScenarioException if they cannot be used.
   */
  public static Loaded load(
      final String displayName,
      final byte[] bytes,
      final LoadOptions options,
      final IncludeFiles files,
      final DataLocator locator)
      throws ScenarioException {
    if (bytes.length > Limits.MAX_FILE_BYTES) {
      throw new ScenarioException(DocumentReader.tooLarge(displayName));
    }
    return compile(Utf8.decode(displayName, bytes), options, files, locator);
  }

  /**
   * Compiles a text.
   *
   * @param displayName what messages call it; one that ends with {@code .json} is read as JSON
   * @throws ScenarioException if it cannot be used.
   */
  public static Plan parse(final String displayName, final String text) throws ScenarioException {
    if (text.length() > Limits.MAX_FILE_BYTES) {
      throw new ScenarioException(DocumentReader.tooLarge(displayName));
    }
    return compile(
            new Diagnostics(new Source(displayName, text)),
            LoadOptions.NONE,
            IncludeFiles.NONE,
            besideName(displayName))
        .plan();
  }

  /**
   * Reads a target as a file's {@code target} is read.
   *
   * @param displayName what messages call the place that it comes from
   * @throws ScenarioException if it means none.
   */
  public static Target parseTarget(final String displayName, final String url)
      throws ScenarioException {
    final Diagnostics diagnostics = new Diagnostics(new Source(displayName, url));
    final Optional<Target> target = TestLanguage.readTarget(url, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new ScenarioException(diagnostics);
    }
    return target.orElseThrow(
        () -> new IllegalStateException("a target was refused without a reason"));
  }

  /** Without data files the name need not be a path at all. */
  private static DataLocator besideName(final String displayName) {
    return (feeder, path) -> DataLocator.beside(Path.of(displayName)).locate(feeder, path);
  }

  private static Loaded compile(
      final Diagnostics diagnostics,
      final LoadOptions options,
      final IncludeFiles files,
      final DataLocator locator)
      throws ScenarioException {
    if (diagnostics.hasErrors()) {
      throw new ScenarioException(diagnostics);
    }
    final Document document = DocumentLoader.load(diagnostics, options, files);
    document
        .environments()
        .ifPresent(environments -> TestLanguage.checkEnvironments(environments, diagnostics));
    if (!document.complete()) {
      document.root().ifPresent(root -> TestLanguage.checkPart(root, diagnostics));
      diagnostics.furtherChecksWait();
      throw new ScenarioException(diagnostics);
    }
    final Node root = document.root().orElseThrow();
    final Optional<LoadTest> test = TestLanguage.read(root, diagnostics);
    final Map<String, String> variables = new TreeMap<>();
    final SentFiles sent = new SentFiles(locator, options);
    final Environment environment = environment(options, variables, sent);
    if (test.isEmpty()) {
      ReadableParts.of(root, diagnostics)
          .ifPresent(parts -> checkParts(parts, root, options, locator, environment, diagnostics));
      throw new ScenarioException(diagnostics);
    }
    final LoadTest declared = test.get();
    final LoadTest found =
        declared.with(TlsLoading.load(declared.tls(), root, locator, options, diagnostics));
    final List<Table> tables = DataFiles.open(found.feeders(), root, locator, diagnostics);
    if (diagnostics.hasErrors()) {
      checkExpressions(
          ReadableParts.of(root, diagnostics).orElseThrow(),
          found.feeders(),
          tables,
          environment,
          diagnostics);
      throw new ScenarioException(diagnostics);
    }
    final Plan plan = PlanCompiler.compile(found, tables, environment, new Reading(diagnostics));
    if (diagnostics.hasErrors()) {
      throw new ScenarioException(diagnostics);
    }
    Advice.give(found, plan, document, new Reading(diagnostics));
    return new Loaded(
        plan,
        diagnostics.source().text(),
        document.included(),
        found.secrets(),
        tables,
        sent.found(),
        variables,
        diagnostics.sorted());
  }

  /** Looks up what a run would look up, and notes it. */
  private static Environment environment(
      final LoadOptions options, final Map<String, String> variables, final SentFiles sent) {
    return new Environment() {
      @Override
      public Optional<String> get(final String name) {
        final Optional<String> value = options.variables().apply(name);
        value.ifPresent(text -> variables.put(name, text));
        return value;
      }

      @Override
      public Collection<String> names() {
        return options.variableNames().get();
      }

      @Override
      public FileFacts file(final String path) throws IOException {
        return sent.facts(path);
      }
    };
  }

  /** What can be checked of a file with errors, so that all of them are told at once. */
  private static void checkParts(
      final ReadableParts parts,
      final Node root,
      final LoadOptions options,
      final DataLocator locator,
      final Environment environment,
      final Diagnostics diagnostics) {
    parts.tls().ifPresent(tls -> TlsLoading.load(tls, root, locator, options, diagnostics));
    final List<Feeder> feeders = parts.feeders();
    checkExpressions(
        parts,
        feeders,
        DataFiles.open(feeders, root, locator, diagnostics),
        environment,
        diagnostics);
  }

  private static void checkExpressions(
      final ReadableParts parts,
      final List<Feeder> feeders,
      final List<Table> tables,
      final Environment environment,
      final Diagnostics diagnostics) {
    final Map<String, List<String>> columnsByFeeder = new TreeMap<>();
    for (int i = 0; i < tables.size(); i++) {
      if (tables.get(i) != null) {
        columnsByFeeder.put(feeders.get(i).name(), tables.get(i).columns());
      }
    }
    PartialCheck.report(parts, columnsByFeeder, environment, diagnostics);
  }
}
