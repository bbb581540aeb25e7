package io.lockstep.scenario;

import io.lockstep.scenario.data.DataException;
import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.data.Tables;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.language.TestLanguage;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.tree.Node;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens the data of a scenario file's feeders. */
final class DataFiles {
  private final Node root;
  private final DataLocator locator;
  private final Diagnostics diagnostics;

  private DataFiles(final Node root, final DataLocator locator, final Diagnostics diagnostics) {
    this.root = root;
    this.locator = locator;
    this.diagnostics = diagnostics;
  }

  /**
   * Opens all of them.
   *
   * @return in the order of the feeders; {@code null} for one that cannot be used
   */
  static List<Table> open(
      final List<Feeder> feeders,
      final Node root,
      final DataLocator locator,
      final Diagnostics diagnostics) {
    final DataFiles files = new DataFiles(root, locator, diagnostics);
    final List<Table> tables = new ArrayList<>();
    for (final Feeder feeder : feeders) {
      tables.add(files.table(feeder));
    }
    return tables;
  }

  private Table table(final Feeder feeder) {
    if (feeder.rows() instanceof Feeder.InlineRows inline) {
      return Tables.of(inline);
    }
    final Feeder.FileRows rows = (Feeder.FileRows) feeder.rows();
    try {
      final Path file = locator.locate(feeder.name(), rows.path());
      return Tables.open(file, file.toString(), rows);
    } catch (final DataException e) {
      e.diagnostics().forEach(diagnostics::add);
    } catch (final IOException e) {
      refuse(feeder, rows, e.getMessage());
    } catch (final InvalidPathException e) {
      refuse(feeder, rows, e.getReason());
    }
    return null;
  }

  private void refuse(final Feeder feeder, final Feeder.FileRows rows, final String reason) {
    diagnostics.add(
        Diagnostic.Kind.BAD_VALUE,
        TestLanguage.dataFileOffset(root, feeder.name()),
        "the data file `" + rows.path() + "` cannot be used: " + reason,
        List.of("paths are relative to the scenario file"));
  }
}
