package io.lockstep.replay.summary;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in one column grid: the first column to the left, all others to the right. */
final class Grid {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  void add(final List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** The lines, without line ends. */
  List<String> lines() {
    final List<Integer> widths = new ArrayList<>();
    for (final List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    final List<String> lines = new ArrayList<>(rows.size());
    for (final List<String> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private static String line(final List<String> row, final List<Integer> widths) {
    final StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      final String cell = row.get(i);
      final String pad = " ".repeat(widths.get(i) - cell.length());
      line.append(i == 0 ? "" : GAP).append(i == 0 ? cell + pad : pad + cell);
    }
    return line.toString().stripTrailing();
  }
}
