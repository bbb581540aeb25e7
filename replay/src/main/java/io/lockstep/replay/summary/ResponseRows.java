package io.lockstep.replay.summary;

import io.lockstep.engine.core.metric.Figures;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.replay.event.EventNames;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Adds up what became of responses. */
final class ResponseRows {
  private static final List<Browser.Turn> NOT_FOLLOWED =
      List.of(Browser.Turn.TOO_MANY, Browser.Turn.ELSEWHERE, Browser.Turn.NOWHERE);

  private ResponseRows() {}

  /** In the plan's order. */
  static List<ResponseRow> of(final Plan plan, final Figures figures) {
    final List<ResponseRow> rows = new ArrayList<>();
    for (int i = 0; i < figures.requestCount(); i++) {
      final ResponseRow row = row(plan, i, figures.request(i));
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static ResponseRow row(final Plan plan, final int index, final RequestMetrics metrics) {
    final List<Counted> notFollowed = new ArrayList<>();
    for (final Browser.Turn turn : NOT_FOLLOWED) {
      add(turn.name().toLowerCase(Locale.ROOT), metrics.turns(turn), notFollowed);
    }
    final List<Counted> undecoded = new ArrayList<>();
    for (final BodyFault fault : BodyFault.values()) {
      add(fault.key(), metrics.bodyFaults(fault), undecoded);
    }
    final List<Counted> missed = new ArrayList<>();
    final List<Extraction> extractions = plan.requests().get(index).use().extractions();
    for (int i = 0; i < extractions.size(); i++) {
      add(extractions.get(i).name(), metrics.missed(i), missed);
    }
    return new ResponseRow(
        EventNames.requestName(plan, index),
        metrics.turns(Browser.Turn.FOLLOW),
        notFollowed,
        metrics.cacheHits(),
        metrics.notModified(),
        undecoded,
        missed);
  }

  private static void add(final String name, final long count, final List<Counted> to) {
    if (count > 0) {
      to.add(new Counted(name, count));
    }
  }
}
