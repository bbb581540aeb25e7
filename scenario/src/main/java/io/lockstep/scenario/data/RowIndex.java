package io.lockstep.scenario.data;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each row of a file starts: four bytes a row outside of the heap, relative to one offset for
 * each {@value #GROUP} rows. That fits an int, since a row has at most {@link
 * DataLimits#MAX_ROW_BYTES} bytes. Filled by one thread, then read by any.
 */
final class RowIndex {
  private static final int GROUP_BITS = 9;
  private static final int GROUP = 1 << GROUP_BITS;
  private static final int PAGE_BITS = 14;
  private static final int PAGE = 1 << PAGE_BITS;

  private final List<IntBuffer> pages = new ArrayList<>();
  private long[] groupStarts = new long[64];
  private int rows;

  /** Adds a row that starts at this offset, which is not before the one added last. */
  void add(final long start) {
    if ((rows & PAGE - 1) == 0) {
      pages.add(ByteBuffer.allocateDirect(PAGE * Integer.BYTES).asIntBuffer());
    }
    final int group = rows >>> GROUP_BITS;
    if ((rows & GROUP - 1) == 0) {
      if (group == groupStarts.length) {
        groupStarts = Arrays.copyOf(groupStarts, group * 2);
      }
      groupStarts[group] = start;
    }
    pages.get(rows >>> PAGE_BITS).put(rows & PAGE - 1, Math.toIntExact(start - groupStarts[group]));
    rows++;
  }

  int rows() {
    return rows;
  }

  /**
   * Where a row starts.
   *
   * @throws IndexOutOfBoundsException if there is no such row.
   */
  long start(final long row) {
    final int index = (int) row;
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows);
    }
    return groupStarts[index >>> GROUP_BITS] + pages.get(index >>> PAGE_BITS).get(index & PAGE - 1);
  }
}
