package io.lockstep.app.data;

import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.scenario.data.Table;
import java.util.List;

/** A table as the engine sees it. */
public final class TableSource implements FeederSource {
  private final Table table;

  private TableSource(final Table table) {
    this.table = table;
  }

  /** All of a plan's, in the order of its feeders. */
  public static List<FeederSource> of(final List<Table> tables) {
    return tables.stream().<FeederSource>map(TableSource::new).toList();
  }

  @Override
  public long rows() {
    return table.rows();
  }

  @Override
  public int read(final long row, final int column, final byte[] into, final int offset) {
    return table.read(row, column, into, offset);
  }

  @Override
  public String text(final long row, final int column) {
    return table.text(row, column);
  }
}
