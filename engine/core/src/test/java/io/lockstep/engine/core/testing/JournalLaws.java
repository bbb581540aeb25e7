package io.lockstep.engine.core.testing;

import io.lockstep.engine.core.machine.IterationOutcome;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.NoteKind;
import io.lockstep.engine.core.machine.VuState;
import io.lockstep.engine.core.testing.Event.At;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches the events of one shard from outside and knows nothing of the machine.
 *
 * <p>Verifies: the run starts and ends once; (tick, phase, sequence) strictly increases; each
 * transition is legal, starts where the VU stands and every VU of the shard ends COMPLETE; a
 * request is issued by an EXECUTING VU, one at a time, numbered from 1, and ends once, by a
 * completion or by being abandoned; a VU whose request ended goes on unless its scenario is over;
 * iterations of a VU count from 0 in a closed model; each arrival is served or dropped, once, in
 * order and by its own shard, and there are as many as the schedule owes.
 *
 * <p>Verifies also that a closed VU means to ask no sooner than its last answer ended, and that
 * what was kept of a response comes right before its end, refers only to contents of the present
 * generation that are whole, and that none of these is recorded twice; and of flows: a VU has no
 * more requests under way than its scenario has lanes; what it does at its start comes before all
 * iterations, and what it does at its end after them; a group ends within its iteration and no
 * sooner than it began; an arrival's iteration, which may make any number of requests, ends once.
 *
 * <p>Does not verify: when timers fire, what is drawn, and metrics.
 */
public final class JournalLaws {
  private static final long START_FLOW = -1;
  private static final long STOP_FLOW = -2;

  /** Stands for the next iteration of a VU that has done what it does at its end. */
  private static final long ENDED = Long.MIN_VALUE;

  private final Plan plan;
  private final int shard;
  private final int shards;
  private final Map<Integer, VuState> stateByVu = new HashMap<>();
  private final Map<Integer, Integer> seqByVu = new HashMap<>();
  private final Map<Integer, Long> answeredNsByVu = new HashMap<>();
  private final Map<Integer, Set<Integer>> openSeqsByVu = new HashMap<>();
  private final Map<Integer, Long> nextIterationByVu = new HashMap<>();
  private final Map<Integer, Long> nextArrivalByScenario = new HashMap<>();
  private final Set<String> contents = new HashSet<>();
  private int generation = -1;
  private int partEnd;
  private Event.Kept kept;
  private final Map<Integer, Set<Long>> arrivalsByScenario = new HashMap<>();
  private final Set<Integer> failedVus = new HashSet<>();
  private final boolean stopsVus;
  private final boolean asksOnce;
  private boolean commanded;
  private At last;

  private JournalLaws(final Plan plan, final int shard, final int shards) {
    this.plan = plan;
    this.shard = shard;
    this.shards = shards;
    boolean stops = false;
    for (int pc = 0; pc < plan.program().length(); pc++) {
      stops |=
          plan.program().operation(pc) == Program.STOP
              && plan.program().argument(pc) != Program.ITERATION;
    }
    stopsVus = stops;
    asksOnce = plan.scenarios().stream().allMatch(s -> asksOnce(plan, s.entry(), 0));
  }

  /** Throws an {@link AssertionError} at the first event that breaks a law. */
  public static void check(
      final Plan plan, final int shard, final int shards, final List<Event> events) {
    final JournalLaws laws = new JournalLaws(plan, shard, shards);
    require(events.get(0) instanceof Event.Started, "first event", events.get(0));
    require(
        events.get(events.size() - 1) instanceof Event.Ended,
        "last event",
        events.get(events.size() - 1));
    for (int i = 0; i < events.size(); i++) {
      final Event event = events.get(i);
      laws.order(event);
      require(!(event instanceof Event.Started) || i == 0, "started twice", event);
      require(!(event instanceof Event.Ended) || i == events.size() - 1, "ended twice", event);
      laws.event(event);
    }
    laws.atEnd();
  }

  private void order(final Event event) {
    final At at = event.at();
    final boolean later =
        last == null
            || at.tick() > last.tick()
            || (at.tick() == last.tick()
                && at.phase() >= last.phase()
                && at.sequence() > last.sequence());
    require(later, "order after " + last, event);
    last = at;
  }

  private void event(final Event event) {
    final int vu = event.at().vu();
    if (kept != null) {
      final boolean follows =
          event instanceof Event.Completed done
              && done.seq() == kept.seq()
              && vu == kept.at().vu()
              && event.at().sequence() == kept.at().sequence() + 1;
      require(follows, "content without its completion", event);
      kept = null;
    }
    if (event instanceof Event.ContentPart part) {
      content(part);
    } else if (event instanceof Event.Kept reference) {
      kept = reference;
      final String name = reference.bodyHashHigh() + ":" + reference.bodyHashLow();
      require(
          reference.keptLength() == 0 || contents.contains(name), "body is not recorded", event);
    }
    if (event instanceof Event.Moved moved) {
      moved(vu, moved);
    } else if (event instanceof Event.Issued issued) {
      issued(vu, issued);
    } else if (event instanceof Event.Completed done) {
      require(done.seq() <= seqByVu.getOrDefault(vu, 0), "never issued", event);
      if (stateByVu.get(vu) == VuState.WAITING && open(vu).remove(done.seq())) {
        answeredNsByVu.merge(vu, done.lastByteNs(), Math::max);
      }
    } else if (event instanceof Event.Abandoned left) {
      require(open(vu).remove(left.seq()), "abandoned without a request", event);
    } else if (event instanceof Event.Dropped dropped) {
      arrival(dropped, dropped.scenario(), dropped.arrival());
    } else if (event instanceof Event.Iterated ended) {
      iterated(vu, ended);
    } else if (event instanceof Event.Commanded || event instanceof Event.Stopped) {
      commanded = true;
    } else if (event instanceof Event.Noted noted) {
      if (noted.kind() == NoteKind.FAILURE.code()) {
        failedVus.add(vu);
      }
    } else if (event instanceof Event.Grouped grouped) {
      grouped(vu, grouped);
    }
  }

  private void content(final Event.ContentPart part) {
    final String name = part.hashHigh() + ":" + part.hashLow();
    if (part.generation() != generation) {
      generation = part.generation();
      contents.clear();
    }
    require(part.offset() == partEnd, "part goes on at " + partEnd, part);
    partEnd += part.text().length();
    require(partEnd <= part.length() && part.text().length() > 0, "part is too long", part);
    if (partEnd == part.length()) {
      partEnd = 0;
      require(contents.add(name), "content is recorded already", part);
    }
  }

  private Set<Integer> open(final int vu) {
    return openSeqsByVu.computeIfAbsent(vu, k -> new HashSet<>());
  }

  private void grouped(final int vu, final Event.Grouped grouped) {
    require(
        plan.flow().groups().get(grouped.group()).scenario() == grouped.scenario(),
        "group of another scenario",
        grouped);
    require(grouped.startedNs() <= grouped.endedNs(), "group ended before it began", grouped);
    require(isPresent(vu, grouped.scenario(), grouped.iteration()), "iteration", grouped);
  }

  /** Whether a VU may be in this iteration, as far as is known without a note of its beginning. */
  private boolean isPresent(final int vu, final int scenario, final long iteration) {
    if (!plan.scenarios().get(scenario).load().vusLast()) {
      return iteration % shards == shard;
    }
    final long next = nextIterationByVu.getOrDefault(vu, 0L);
    return (iteration == next && next != ENDED)
        || (iteration == START_FLOW && next == 0 && plan.flow().of(scenario).start() != Flow.NONE)
        || (iteration == STOP_FLOW && plan.flow().of(scenario).stop() != Flow.NONE);
  }

  private void moved(final int vu, final Event.Moved moved) {
    final VuState current = stateByVu.getOrDefault(vu, VuState.NONE);
    require(vu >= 0 && vu % shards == shard && vu < plan.vus(), "VU of the shard", moved);
    require(moved.from() == current, "VU is " + current, moved);
    require(VuState.isLegal(current.code(), moved.to().code()), "illegal", moved);
    final boolean issuesMore =
        moved.to() == VuState.EXECUTING
            && open(vu).size() < lanes(vu)
            && !plan.flow().pages().isEmpty();
    require(
        moved.from() != VuState.WAITING
            || (moved.to() == VuState.EXECUTING ? issuesMore : open(vu).isEmpty()),
        "still open",
        moved);
    require(moved.to() != VuState.WAITING || !open(vu).isEmpty(), "waits for nothing", moved);
    stateByVu.put(vu, moved.to());
  }

  private void issued(final int vu, final Event.Issued issued) {
    require(stateByVu.get(vu) == VuState.EXECUTING, "issued while not executing", issued);
    final boolean first = open(vu).isEmpty();
    require(open(vu).size() < lanes(vu), "a request is under way", issued);
    require(open(vu).add(issued.seq()), "the same request is under way", issued);
    require(issued.seq() == seqByVu.getOrDefault(vu, 0) + 1, "request number", issued);
    seqByVu.put(vu, issued.seq());
    final ScenarioPlan scenario = plan.scenarios().get(issued.scenario());
    require(
        vu >= scenario.firstVu() && vu < scenario.firstVu() + scenario.vus(), "scenario", issued);
    if (scenario.load().vusLast()) {
      require(
          !first || issued.intendedNs() >= answeredNsByVu.getOrDefault(vu, 0L),
          "intended before the last answer",
          issued);
      require(isPresent(vu, issued.scenario(), issued.iteration()), "iteration", issued);
    } else if (inOrder(issued.scenario())) {
      // One request an iteration, so each issue is an arrival.
      arrival(issued, issued.scenario(), issued.iteration());
    }
  }

  private void iterated(final int vu, final Event.Iterated ended) {
    final Load load = plan.scenarios().get(ended.scenario()).load();
    if (load.vusLast()) {
      require(isPresent(vu, ended.scenario(), ended.iteration()), "iteration", ended);
      require(
          !(load instanceof Load.Closed closed) || ended.iteration() < closed.iterations(),
          "too many iterations",
          ended);
      final boolean neverBegins =
          ended.iteration() == START_FLOW && ended.outcome() == IterationOutcome.FAILED.code();
      if (ended.iteration() == STOP_FLOW || neverBegins) {
        nextIterationByVu.put(vu, ENDED);
      } else {
        nextIterationByVu.put(vu, ended.iteration() + 1);
      }
    } else if (!inOrder(ended.scenario())) {
      arrival(ended, ended.scenario(), ended.iteration());
    }
    require(ended.startedNs() <= ended.endedNs(), "ended before it started", ended);
    final boolean complete = ended.outcome() == IterationOutcome.COMPLETED.code();
    final boolean failed = ended.outcome() == IterationOutcome.FAILED.code();
    require(failed == failedVus.remove(vu), "failed without a reason, or with one", ended);
    require(complete || failed || commanded || hasEnd(ended.scenario()), "interrupted", ended);
  }

  private boolean hasEnd(final int scenario) {
    return plan.scenarios().get(scenario).load().durationTicks() != Load.UNLIMITED;
  }

  /** Whether each iteration surely makes one request, at its start, on all ways from here. */
  private static boolean asksOnce(final Plan plan, final int from, final int before) {
    int pc = from;
    int asked = before;
    while (true) {
      final int argument = plan.program().argument(pc);
      switch (plan.program().operation(pc)) {
        case Program.REQUEST -> {
          asked++;
          pc++;
        }
        case Program.THINK -> {
          if (asked == 0) {
            return false;
          }
          pc++;
        }
        case Program.JUMP -> pc = argument;
        case Program.CHOOSE -> {
          for (final long target : plan.choices().get(argument).targets().toArray()) {
            if (!asksOnce(plan, (int) target, asked)) {
              return false;
            }
          }
          return true;
        }
        case Program.END -> {
          return asked == 1;
        }
        default -> {
          return false;
        }
      }
    }
  }

  private int lanes(final int vu) {
    return plan.scenarios().stream()
        .filter(s -> vu >= s.firstVu() && vu < s.firstVu() + s.vus())
        .mapToInt(s -> plan.flow().of(s.index()).lanes())
        .findFirst()
        .orElseThrow();
  }

  /** Whether each iteration makes one request at its start, which no throttle holds back. */
  private boolean inOrder(final int scenario) {
    return asksOnce && !plan.scenarios().get(scenario).timing().isThrottled();
  }

  /** In order, or each once in any order; then none is missing at the end. */
  private void arrival(final Event event, final int scenario, final long arrival) {
    if (inOrder(scenario)) {
      final long expected = nextArrivalByScenario.getOrDefault(scenario, (long) shard);
      require(arrival == expected, "arrival " + expected + " is next", event);
      nextArrivalByScenario.put(scenario, arrival + shards);
      return;
    }
    final Set<Long> arrivals = arrivalsByScenario.computeIfAbsent(scenario, k -> new HashSet<>());
    require(arrival % shards == shard, "arrival of another shard", event);
    require(arrivals.add(arrival), "arrival for the second time", event);
    nextArrivalByScenario.merge(scenario, arrival + shards, Math::max);
  }

  private void atEnd() {
    final int vus = Machine.localVus(plan, shard, shards);
    require(stateByVu.size() == vus, "all VUs spawned", vus);
    stateByVu.forEach((vu, state) -> require(state == VuState.COMPLETE, "VU " + vu, state));
    for (final ScenarioPlan scenario : plan.scenarios()) {
      if (scenario.load() instanceof Load.Closed) {
        closedAtEnd(scenario);
      } else if (scenario.load() instanceof Load.Open open
          && open.process() == Load.ArrivalProcess.UNIFORM
          && !commanded) {
        owedAtEnd(scenario, owed(open, plan.tickNs()));
      } else if (scenario.load() instanceof Load.RampingRate ramp
          && ramp.process() == Load.ArrivalProcess.UNIFORM
          && !commanded) {
        owedAtEnd(scenario, owed(ramp, plan.tickNs()));
      } else if (scenario.load() instanceof Load.SharedIterations shared
          && shared.durationTicks() == Load.UNLIMITED
          && !stopsVus
          && !commanded) {
        owedAtEnd(scenario, shared.iterations());
      }
    }
    arrivalsByScenario.forEach(
        (scenario, arrivals) ->
            require(
                arrivals.size() == (nextArrivalByScenario.get(scenario) - shard) / shards,
                "arrivals without a gap",
                scenario));
  }

  private void owedAtEnd(final ScenarioPlan scenario, final long owed) {
    final long next = nextArrivalByScenario.getOrDefault(scenario.index(), (long) shard);
    require(next == firstNotOwed(owed), "sent + dropped = owed " + owed, next);
  }

  /** How many evenly spread arrivals a ramp owes, of all shards: the integral, rounded up. */
  public static long owed(final Load.RampingRate ramp, final long tickNs) {
    BigInteger twice = BigInteger.ZERO;
    long rate = ramp.startRate();
    for (int i = 0; i < ramp.stages().count(); i++) {
      final long target = ramp.stages().targets().get(i);
      twice =
          twice.add(
              BigInteger.valueOf(rate + target)
                  .multiply(BigInteger.valueOf(ramp.stages().ticks().get(i)))
                  .multiply(BigInteger.valueOf(tickNs)));
      rate = target;
    }
    final BigInteger[] parts = twice.divideAndRemainder(BigInteger.valueOf(2 * ramp.periodNs()));
    return parts[0].add(BigInteger.valueOf(parts[1].signum())).longValueExact();
  }

  private void closedAtEnd(final ScenarioPlan scenario) {
    final Load.Closed closed = (Load.Closed) scenario.load();
    if (closed.durationTicks() != Load.UNLIMITED || commanded || stopsVus) {
      return;
    }
    for (int vu = scenario.firstVu(); vu < scenario.firstVu() + scenario.vus(); vu++) {
      if (vu % shards == shard) {
        final long done = nextIterationByVu.getOrDefault(vu, 0L);
        require(
            done == closed.iterations() || done == ENDED,
            "VU " + vu + " did all its iterations",
            done);
      }
    }
  }

  private long firstNotOwed(final long owed) {
    long first = shard;
    while (first < owed) {
      first += shards;
    }
    return first;
  }

  /** How many evenly spaced arrivals are due in {@code [0, duration)}: of all shards; saturates. */
  public static long owed(final Load.Open open, final long tickNs) {
    // Arrival i is due at floor(i * period / arrivals): the smallest i that is not before the end.
    final BigInteger duration =
        BigInteger.valueOf(open.durationTicks()).multiply(BigInteger.valueOf(tickNs));
    final BigInteger[] parts =
        duration
            .multiply(BigInteger.valueOf(open.arrivals()))
            .divideAndRemainder(BigInteger.valueOf(open.periodNs()));
    return parts[0]
        .add(BigInteger.valueOf(parts[1].signum()))
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  private static void require(final boolean holds, final String law, final Object found) {
    if (!holds) {
      throw new AssertionError(law + ": " + found);
    }
  }
}
