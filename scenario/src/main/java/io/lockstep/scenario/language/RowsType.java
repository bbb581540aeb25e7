package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows within a scenario file: maps that all have the keys of the first. */
final class RowsType implements Type<Feeder.InlineRows> {
  static final int MAX_ROWS = 100_000;
  static final int MAX_COLUMNS = 1_000;

  private static final int MAX_SHOWN = 20;

  private static final ListType<Map<String, String>> ROWS =
      new ListType<>(
          "rows",
          new MapType<>(
              "values",
              NameRules::nameFault,
              new TextType("a text, number or boolean", true, text -> Optional.empty()),
              1,
              MAX_COLUMNS),
          MAX_ROWS);

  @Override
  public String expected() {
    return "a list of rows, each a map of values by column";
  }

  @Override
  public Schema schema(final Schemas in) {
    return ROWS.schema(in);
  }

  @Override
  public Feeder.InlineRows read(final Node node, final Reading in) {
    final List<Map<String, String>> valueByColumn = ROWS.read(node, in);
    if (valueByColumn == null) {
      return null;
    }
    final List<String> columns = List.copyOf(valueByColumn.get(0).keySet());
    final List<List<String>> rows = new ArrayList<>(valueByColumn.size());
    for (int i = 0; i < valueByColumn.size(); i++) {
      final Map<String, String> row = valueByColumn.get(i);
      if (fits(row, columns, ((ListNode) node).items().get(i), in)) {
        rows.add(columns.stream().map(row::get).toList());
      }
    }
    return rows.size() == valueByColumn.size() ? new Feeder.InlineRows(columns, rows) : null;
  }

  private static boolean fits(
      final Map<String, String> row,
      final List<String> columns,
      final Node node,
      final Reading in) {
    if (row.size() == columns.size() && row.keySet().containsAll(columns)) {
      return true;
    }
    in.conflict(
        node.offset(),
        "the row does not have the columns of the first one",
        "the first row has: " + shown(columns));
    return false;
  }

  private static String shown(final List<String> columns) {
    final String names =
        columns.stream().limit(MAX_SHOWN).map(ScalarNode::shown).collect(Collectors.joining(", "));
    return columns.size() <= MAX_SHOWN ? names : names + ", …";
  }
}
