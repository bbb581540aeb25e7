package io.lockstep.app.data;

import io.lockstep.engine.core.port.FeederException;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.scenario.data.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A table as the engine sees it. */
public final class TableSource implements FeederSource {
  private final Table table;
  private final int columns;

  private TableSource(final Table table) {
    this.table = table;
    columns = table.columns().size();
  }

  /** All of a plan's, in the order of its feeders. */
  public static List<FeederSource> of(final List<Table> tables) {
    return tables.stream().<FeederSource>map(TableSource::new).toList();
  }

  /**
   * What a failure of a run or replay says of its data: a page of a mapped file that is gone is
   * told by an InternalError, which in compiled code comes some time after the read, so nowhere
   * nearer to it than here can it be told for sure.
   *
   * @return empty where the failure has nothing to do with it
   */
  public static Optional<FeederException> explain(
      final Throwable failure, final List<Table> tables) {
    final List<String> files =
        tables.stream().flatMap(table -> table.file().stream()).map(Path::toString).toList();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FeederException known) {
        return Optional.of(known);
      }
      if (cause instanceof InternalError && !files.isEmpty()) {
        return Optional.of(new FeederException(changed(String.join(", ", files)), cause));
      }
    }
    return Optional.empty();
  }

  @Override
  public long rows() {
    return table.rows();
  }

  @Override
  public int read(final long row, final int column, final byte[] into, final int offset) {
    check(row, column);
    try {
      return table.read(row, column, into, offset);
    } catch (final InternalError | IndexOutOfBoundsException e) {
      throw gone(e);
    }
  }

  @Override
  public String text(final long row, final int column) {
    check(row, column);
    try {
      return table.text(row, column);
    } catch (final InternalError | IndexOutOfBoundsException e) {
      throw gone(e);
    }
  }

  private void check(final long row, final int column) {
    Objects.checkIndex(row, table.rows());
    Objects.checkIndex(column, columns);
  }

  /**
   * Rows that were found whole when the file was read through can be unreadable only because the
   * file has changed: a page of it is gone, or, where other bytes have come, a row has no end.
   */
  private FeederException gone(final Throwable cause) {
    return new FeederException(
        changed(table.file().map(Path::toString).orElse("of the scenario")), cause);
  }

  private static String changed(final String file) {
    return String.format(
        Locale.ROOT,
        "the data file %s changed while it was in use: it was cut or overwritten, or its disk"
            + " failed; files of more than %d MiB are read where they are, so leave them alone"
            + " until the run is over",
        file,
        DataKeeper.MAX_COPIED_BYTES >> 20);
  }
}
