package io.lockstep.engine.core.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.testing.Event.At;
import io.lockstep.engine.core.testing.Plans.Group;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Breaks a good journal in many ways, one at a time: the laws must notice each. */
final class JournalLawsTest {
  private static final Plan PLAN =
      Plans.of(Group.iterations("closed", 2, 3), Group.rate("open", 1, 1000, 50).graceful(10));

  private final List<Event> good = good();

  @Test
  void shouldPassAGoodJournal() {
    JournalLaws.check(PLAN, 0, 1, good);
  }

  @Test
  void shouldNoticeEachEventThatIsMissing() {
    for (int i = 0; i < good.size(); i++) {
      final Event event = good.get(i);
      // Who only waits or is told something leaves no trace but its number: no law covers these.
      if (!(event instanceof Event.Iterated it && it.scenario() == 1)
          && !(event instanceof Event.Completed && !(good.get(i + 1) instanceof Event.Moved))) {
        final List<Event> broken = new ArrayList<>(good);
        broken.remove(i);
        bites(broken, "without " + event);
      }
    }
  }

  @Test
  void shouldNoticeEachEventThatIsDoubledOrExchanged() {
    for (int i = 0; i + 1 < good.size(); i++) {
      final List<Event> doubled = new ArrayList<>(good);
      doubled.add(i, good.get(i));
      bites(doubled, "twice " + good.get(i));
      final List<Event> exchanged = new ArrayList<>(good);
      exchanged.set(i, good.get(i + 1));
      exchanged.set(i + 1, good.get(i));
      bites(exchanged, "exchanged " + good.get(i));
    }
  }

  @Test
  void shouldNoticeFieldsThatAreWrong() {
    final int bitten =
        changed(
                e ->
                    e instanceof Event.Issued i
                        ? new Event.Issued(
                            i.at(), i.scenario(), i.iteration() + 1, 0, 0, 0, i.seq(), 1)
                        : e)
            + changed(
                e ->
                    e instanceof Event.Issued i
                        ? new Event.Issued(
                            i.at(), i.scenario(), i.iteration(), 0, 0, 0, i.seq() + 1, 1)
                        : e)
            + changed(
                e ->
                    e instanceof Event.Moved m
                        ? new Event.Moved(other(m.at()), m.from(), m.to())
                        : e)
            + changed(
                e ->
                    e instanceof Event.Dropped d
                        ? new Event.Dropped(d.at(), d.scenario(), d.arrival() + 1)
                        : e);
    assertTrue(bitten > 30, "changed " + bitten);
  }

  private static At other(final At at) {
    return new At(at.vu() + 1, at.tick(), at.phase(), at.sequence());
  }

  /** Changes each event in turn, where there is something to change. */
  private int changed(final UnaryOperator<Event> change) {
    int count = 0;
    for (int i = 0; i < good.size(); i++) {
      final Event event = change.apply(good.get(i));
      if (!event.equals(good.get(i))) {
        final List<Event> broken = new ArrayList<>(good);
        broken.set(i, event);
        bites(broken, event.toString());
        count++;
      }
    }
    return count;
  }

  private static void bites(final List<Event> events, final String what) {
    assertThrows(AssertionError.class, () -> JournalLaws.check(PLAN, 0, 1, events), what);
  }

  private static List<Event> good() {
    final HandTransport transport = new HandTransport();
    final VirtualTime time = new VirtualTime(PLAN, 0, 1, transport);
    time.machine().start();
    long tick = 1;
    while (!time.machine().isComplete()) {
      time.machine().advance(tick);
      tick += 7;
      if (!transport.sent.isEmpty()) {
        time.machine()
            .onCompletion(
                transport.ended(
                    transport.sent.get(0), RequestOutcome.RESPONSE, (tick - 6) * Plans.TICK_NS));
      }
    }
    return time.end().recording().events();
  }
}
