package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.Ending;
import io.lockstep.replay.summary.Ends.Ended;
import io.lockstep.replay.summary.Ends.Once;
import io.lockstep.replay.summary.Ends.TestEnd;
import java.util.List;

/** What ended things before their time, for a terminal. */
final class EndsText {
  private static final int MOST = 8;

  private EndsText() {}

  /** Who ended the test; nothing where no flow did. */
  static void test(final Ends ends, final StringBuilder out) {
    final TestEnd test = ends.test();
    if (test != null) {
      out.append(Style.INDENT).append("ended by ").append(test.cause().words()).append(": VU ");
      out.append(test.vu()).append(" of ").append(test.scenario()).append(", ");
      out.append(
          test.iteration() >= 0
              ? "iteration " + test.iteration()
              : "in its `" + (test.iteration() == -1 ? "start" : "stop") + "`");
      out.append('\n');
    }
  }

  /** Below the line of the iterations. */
  static void append(final Ends ends, final StringBuilder out) {
    ended(ends, Ending.What.ITERATION, "", out);
    ended(ends, Ending.What.VU, "VUs", out);
    ended(ends, Ending.What.FLOW, "start and stop", out);
    ends.once().forEach(once -> once(once, out));
  }

  private static void ended(
      final Ends ends, final Ending.What what, final String title, final StringBuilder out) {
    final List<Ended> rows = ends.ended().stream().filter(one -> one.what() == what).toList();
    String name = title;
    for (final Ended row : rows.subList(0, Math.min(MOST, rows.size()))) {
      final String by = row.cause().by() == Ending.By.ROWS ? " ended: " : " ended by ";
      Style.item(out, name, Cells.count(row.count()) + by + row.cause().words());
      name = "";
    }
    if (rows.size() > MOST) {
      Style.item(out, "", "and by " + (rows.size() - MOST) + " more, in summary.json");
    }
  }

  private static void once(final Once once, final StringBuilder out) {
    Style.item(out, once.flow(), once.scenario() + ": " + counts(once) + reason(once));
    if (once.failures().size() > 1) {
      for (final Counted failure :
          once.failures().subList(0, Math.min(MOST, once.failures().size()))) {
        Style.item(out, "", Cells.count(failure.count()) + " failed: " + failure.name());
      }
      if (once.failures().size() > MOST) {
        final int more = once.failures().size() - MOST;
        Style.item(out, "", "and " + more + " more reasons, in summary.json");
      }
    }
  }

  private static String counts(final Once once) {
    final String of = " of " + Cells.count(once.begun());
    if (once.failed() == 0) {
      return Cells.count(once.interrupted()) + of + " cut off";
    }
    return Cells.count(once.failed())
        + of
        + " failed"
        + (once.interrupted() > 0 ? ", " + Cells.count(once.interrupted()) + " cut off" : "");
  }

  private static String reason(final Once once) {
    return once.failures().size() == 1 ? ": " + once.failures().get(0).name() : "";
  }
}
