package io.lockstep.scenario;

import io.lockstep.scenario.compile.PlanCompiler;
import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.language.TestLanguage;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.yaml.DocumentReader;
import io.lockstep.scenario.yaml.Limits;
import io.lockstep.scenario.yaml.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    try (InputStream in = Files.newInputStream(file)) {
      return load(
          file.toString(), in.readNBytes(Limits.MAX_FILE_BYTES + 1), DataLocator.beside(file));
    }
  }

  /**
   * Compiles the bytes of a file.
   *
   * @param displayName what messages call it; one that ends with {@code .json} is read as JSON
   * @throws ScenarioException if they cannot be used.
   */
  public static Loaded load(final String displayName, final byte[] bytes) throws ScenarioException {
    return load(displayName, bytes, besideName(displayName));
  }

  /**
   * Compiles the bytes of a file whose data files may lie elsewhere.
   *
   * @param displayName what messages call it; one that ends with {@code .json} is read as JSON
   * @param locator finds its data files
   * @throws ScenarioException if they cannot be used.
   */
  public static Loaded load(final String displayName, final byte[] bytes, final DataLocator locator)
      throws ScenarioException {
    if (bytes.length > Limits.MAX_FILE_BYTES) {
      throw new ScenarioException(DocumentReader.tooLarge(displayName));
    }
    return compile(Utf8.decode(displayName, bytes), locator);
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
    return compile(new Diagnostics(new Source(displayName, text)), besideName(displayName)).plan();
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

  private static Loaded compile(final Diagnostics diagnostics, final DataLocator locator)
      throws ScenarioException {
    if (diagnostics.hasErrors()) {
      throw new ScenarioException(diagnostics);
    }
    final Optional<Node> tree = DocumentReader.read(diagnostics);
    final Optional<LoadTest> test = tree.flatMap(root -> TestLanguage.read(root, diagnostics));
    if (diagnostics.hasErrors()) {
      throw new ScenarioException(diagnostics);
    }
    final LoadTest known =
        test.orElseThrow(() -> new IllegalStateException("a file was refused without a reason"));
    final List<Table> tables = DataFiles.open(known, tree.orElseThrow(), locator, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new ScenarioException(diagnostics);
    }
    final Plan plan = PlanCompiler.compile(known, tables);
    return new Loaded(plan, diagnostics.source().text(), tables, diagnostics.sorted());
  }
}
