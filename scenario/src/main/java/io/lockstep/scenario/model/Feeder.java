package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.FeederPlan;
import java.util.List;

/**
 * Rows of data, and who gets which.
 *
 * @param name unique in the file
 * @param rows where they come from
 * @param mode how rows are chosen
 * @param per what gets one
 * @param atEnd what happens when there are no more
 */
public record Feeder(
    String name, Rows rows, FeederPlan.Mode mode, FeederPlan.Per per, FeederPlan.AtEnd atEnd) {
  /** Where rows come from. */
  public sealed interface Rows {}

  /**
   * A file.
   *
   * @param path as the scenario file has it: relative to that file, or absolute
   * @param format of the file
   * @param delimiter between the values of CSV and TSV; of no meaning in the others
   */
  public record FileRows(String path, DataFormat format, byte delimiter) implements Rows {}

  /**
   * The scenario file itself.
   *
   * @param columns of all rows
   * @param rows at least one; a value for each column, in their order
   */
  public record InlineRows(List<String> columns, List<List<String>> rows) implements Rows {
    public InlineRows {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }
}
