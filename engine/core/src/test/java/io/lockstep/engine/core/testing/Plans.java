package io.lockstep.engine.core.testing;

import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.Timing;
import java.util.ArrayList;
import java.util.List;

/** Makes small plans by hand, in the layout that the scenario compiler uses. */
public final class Plans {
  /** Length of a tick in all plans made here. */
  public static final long TICK_NS = 100_000;

  /** One millisecond, in ticks. */
  public static final long MILLI = 10;

  /** One second, in ticks. */
  public static final long SECOND = 1000 * MILLI;

  /** No pause. */
  public static final Distribution NO_THINK = new Distribution.Constant(0);

  private static final String DIGEST = "00".repeat(32);

  private Plans() {}

  /**
   * One request of a scenario.
   *
   * @param name gives its random streams and its digest
   * @param weight in the choice
   * @param timeoutTicks of the machine
   * @param latency of the simulated target
   * @param errors of the simulated target
   */
  public record Ask(
      String name,
      long weight,
      long timeoutTicks,
      Distribution latency,
      List<Simulation.ErrorRate> errors) {
    /** Weight 1, ten seconds of timeout, 5 ms of latency, no errors. */
    public static Ask of(final String name) {
      return new Ask(name, 1, 10 * SECOND, new Distribution.Constant(5_000_000), List.of());
    }

    public Ask weight(final long newWeight) {
      return new Ask(name, newWeight, timeoutTicks, latency, errors);
    }

    public Ask timeout(final long ticks) {
      return new Ask(name, weight, ticks, latency, errors);
    }

    public Ask latency(final Distribution newLatency) {
      return new Ask(name, weight, timeoutTicks, newLatency, errors);
    }

    public Ask errors(final Simulation.ErrorRate... newErrors) {
      return new Ask(name, weight, timeoutTicks, latency, List.of(newErrors));
    }
  }

  /**
   * One scenario.
   *
   * @param name gives its random streams
   * @param vus how many
   * @param load closed or open
   * @param gracefulStopTicks after the duration
   * @param think after each request
   * @param asks what is chosen from
   * @param timing when it runs and what slows it down
   */
  public record Group(
      String name,
      int vus,
      Load load,
      long gracefulStopTicks,
      Distribution think,
      List<Ask> asks,
      Timing timing) {
    /** A scenario without a timing of its own. */
    public Group(
        final String name,
        final int vus,
        final Load load,
        final long gracefulStopTicks,
        final Distribution think,
        final List<Ask> asks) {
      this(name, vus, load, gracefulStopTicks, think, asks, Timing.PLAIN);
    }

    /** A scenario of any load, without a pause. */
    public static Group of(final String name, final int vus, final Load load) {
      return new Group(name, vus, load, SECOND, NO_THINK, List.of(Ask.of(name)));
    }

    /** A closed scenario of so many iterations per VU. */
    public static Group iterations(final String name, final int vus, final long iterations) {
      return new Group(
          name,
          vus,
          new Load.Closed(Load.UNLIMITED, iterations),
          SECOND,
          NO_THINK,
          List.of(Ask.of(name)));
    }

    /** A closed scenario of so many ticks. */
    public static Group duration(final String name, final int vus, final long ticks) {
      return new Group(
          name,
          vus,
          new Load.Closed(ticks, Load.UNLIMITED),
          SECOND,
          NO_THINK,
          List.of(Ask.of(name)));
    }

    /** An open scenario with evenly spaced arrivals. */
    public static Group rate(
        final String name, final int vus, final long perSecond, final long ticks) {
      return arrivals(name, vus, perSecond, ticks, Load.ArrivalProcess.UNIFORM);
    }

    /** An open scenario. */
    public static Group arrivals(
        final String name,
        final int vus,
        final long perSecond,
        final long ticks,
        final Load.ArrivalProcess process) {
      final Load load =
          new Load.Open(perSecond, 1_000_000_000, ticks, process, Site.of("arrivals"));
      return new Group(name, vus, load, SECOND, NO_THINK, List.of(Ask.of(name)));
    }

    public Group think(final Distribution newThink) {
      return new Group(name, vus, load, gracefulStopTicks, newThink, asks, timing);
    }

    public Group graceful(final long ticks) {
      return new Group(name, vus, load, ticks, think, asks, timing);
    }

    public Group asks(final Ask... newAsks) {
      return new Group(name, vus, load, gracefulStopTicks, think, List.of(newAsks), timing);
    }

    public Group timing(final Timing newTiming) {
      return new Group(name, vus, load, gracefulStopTicks, think, asks, newTiming);
    }

    public Group vus(final int newVus) {
      return new Group(name, newVus, load, gracefulStopTicks, think, asks, timing);
    }
  }

  /** A plan of these scenarios whose target serves any number of requests at once. */
  public static Plan of(final Group... groups) {
    return of(42, Simulation.UNLIMITED, List.of(groups));
  }

  /** A plan of these scenarios. */
  public static Plan of(final long seed, final int servers, final List<Group> groups) {
    final List<ScenarioPlan> scenarios = new ArrayList<>();
    final List<RequestPlan> requests = new ArrayList<>();
    final List<Simulation.Response> responses = new ArrayList<>();
    final List<Choice> choices = new ArrayList<>();
    final List<Think> thinks = new ArrayList<>();
    final List<Integer> code = new ArrayList<>();
    int firstVu = 0;
    for (final Group group : groups) {
      final int index = scenarios.size();
      final int entry = code.size() / 2;
      scenarios.add(
          new ScenarioPlan(
              index,
              group.name,
              Site.of("scenario", group.name),
              group.load,
              entry,
              firstVu,
              group.vus,
              group.gracefulStopTicks,
              group.timing,
              Browsing.NONE));
      firstVu += group.vus;
      program(group, requests.size(), choices, thinks, code);
      for (final Ask ask : group.asks) {
        requests.add(request(requests.size(), index, ask));
        responses.add(
            new Simulation.Response(
                Site.of("latency", ask.name),
                ask.latency,
                Site.of("errors", ask.name),
                ask.errors,
                200,
                1000));
      }
    }
    return new Plan(
        "generated",
        seed,
        TICK_NS,
        null,
        new Connections(Connections.PER_VU, 1, 1, 1),
        scenarios,
        requests,
        Program.of(code.stream().mapToInt(Integer::intValue).toArray()),
        choices,
        thinks,
        new Simulation(servers, responses),
        DIGEST);
  }

  /** The same plan, whose target answers with contents and whose journal keeps some of them. */
  public static Plan recording(
      final Plan plan, final Recording recording, final List<Header> headers, final String body) {
    return recording(
        plan,
        recording,
        plan.simulation().responses().stream().map(r -> r.with(headers, body, r.bytes())).toList());
  }

  /** The same plan, whose target answers so and whose journal keeps some of it. */
  public static Plan recording(
      final Plan plan, final Recording recording, final List<Simulation.Response> responses) {
    return plan.with(new Simulation(plan.simulation().servers(), responses))
        .withParts(plan.parts().with(recording));
  }

  private static RequestPlan request(final int index, final int scenario, final Ask ask) {
    return new RequestPlan(
        index,
        scenario,
        ask.name,
        "GET",
        "/" + ask.name,
        List.of(),
        "",
        ask.timeoutTicks,
        Site.of("digest", ask.name));
  }

  private static void program(
      final Group group,
      final int firstRequest,
      final List<Choice> choices,
      final List<Think> thinks,
      final List<Integer> code) {
    final int count = group.asks.size();
    if (count > 1) {
      emit(code, Program.CHOOSE, choices.size());
      final int first = code.size() / 2;
      final long[] weights = group.asks.stream().mapToLong(Ask::weight).toArray();
      final long[] targets = new long[count];
      for (int i = 0; i < count; i++) {
        targets[i] = first + 2L * i;
      }
      choices.add(new Choice(Site.of("choose"), LongArray.of(weights), LongArray.of(targets)));
    }
    final int end = code.size() / 2 + 2 * count - 1;
    for (int i = 0; i < count; i++) {
      emit(code, Program.REQUEST, firstRequest + i);
      if (i < count - 1) {
        emit(code, Program.JUMP, end);
      }
    }
    if (!group.think.equals(NO_THINK)) {
      emit(code, Program.THINK, thinks.size());
      thinks.add(new Think(Site.of("think"), group.think));
    }
    emit(code, Program.END, 0);
  }

  private static void emit(final List<Integer> code, final int operation, final int argument) {
    code.add(operation);
    code.add(argument);
  }
}
