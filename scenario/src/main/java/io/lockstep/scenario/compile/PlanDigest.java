package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.Timing;
import java.util.HexFormat;

/**
 * Digest of a plan: every component of {@link Plan} but seed, target and the digest itself, in the
 * order of the records' components, in the form of {@link CanonicalDigest}. A list is its length
 * and its items. Loads, processes and distributions start with the codes below, which never change;
 * a missing simulation is the int 0, one that is there the int 1 and itself. What later versions
 * added comes only where a plan has it, so that a file without it keeps its digest: a timing that
 * is not plain behind its scenario, other parts at the end, each with a code of its own.
 */
final class PlanDigest {
  /** Changes with the form. */
  private static final int FORM = 1;

  /** Code of the part with the flows. */
  private static final int FLOW = 1;

  private static final int CLOSED = 1;
  private static final int OPEN = 2;
  private static final int RAMPING_VUS = 3;
  private static final int SHARED_ITERATIONS = 4;
  private static final int RAMPING_RATE = 5;
  private static final int CONTROLLED = 6;
  private static final int CAPACITY = 7;

  /** Comes before a timing that is not plain: no index and no length is below zero. */
  private static final int TIMING = -1;

  private static final int UNIFORM_ARRIVALS = 1;
  private static final int POISSON_ARRIVALS = 2;
  private static final int CONSTANT = 1;
  private static final int UNIFORM = 2;
  private static final int NORMAL = 3;
  private static final int LOG_NORMAL = 4;
  private static final int EXPONENTIAL = 5;
  private static final int EMPIRICAL = 6;

  private final CanonicalDigest out = new CanonicalDigest();

  private PlanDigest() {}

  /** SHA-256 in lower-case hex. */
  static String of(final Plan plan) {
    final PlanDigest digest = new PlanDigest();
    digest.put(plan);
    return HexFormat.of().formatHex(digest.out.digest());
  }

  private void put(final Plan plan) {
    out.putInt(FORM).putText(plan.name()).putLong(plan.tickNs());
    put(plan.connections());
    out.putInt(plan.scenarios().size());
    plan.scenarios().forEach(this::put);
    out.putInt(plan.requests().size());
    plan.requests().forEach(this::put);
    put(plan.program());
    out.putInt(plan.choices().size());
    plan.choices().forEach(this::put);
    out.putInt(plan.thinks().size());
    plan.thinks().forEach(this::put);
    out.putInt(plan.simulation() == null ? 0 : 1);
    if (plan.simulation() != null) {
      put(plan.simulation());
    }
    if (!plan.flow().isPlain()) {
      out.putInt(FLOW);
      put(plan.flow());
    }
  }

  private void put(final Flow flow) {
    out.putInt(flow.scenarios().size());
    for (final Flow.ScenarioFlow scenario : flow.scenarios()) {
      out.putInt(scenario.start())
          .putInt(scenario.stop())
          .putInt(scenario.slots())
          .putInt(scenario.lanes())
          .putInt(scenario.paceSlot())
          .putInt(scenario.groupSlot());
    }
    out.putInt(flow.groups().size());
    for (final Flow.Group group : flow.groups()) {
      out.putInt(group.scenario())
          .putText(group.name())
          .putInt(group.parent())
          .putInt(group.startSlot());
    }
    out.putInt(flow.paces().size());
    for (final Flow.Pace pace : flow.paces()) {
      out.putInt(pace.slot()).putLong(pace.site());
      put(pace.interval());
    }
    out.putInt(flow.loops().size());
    for (final Flow.Loop loop : flow.loops()) {
      out.putInt(loop.slot()).putLong(loop.limit()).putInt(loop.target());
    }
    putWaits(flow);
  }

  private void putWaits(final Flow flow) {
    out.putInt(flow.retries().size());
    for (final Flow.Retry retry : flow.retries()) {
      out.putInt(retry.slot())
          .putInt(retry.times())
          .putLong(retry.initialNs())
          .putDouble(retry.factor())
          .putLong(retry.maxNs())
          .putInt(retry.jitter() ? 1 : 0)
          .putLong(retry.site())
          .putInt(retry.target());
    }
    out.putInt(flow.pages().size());
    for (final Flow.Page page : flow.pages()) {
      out.putInt(page.firstRequest())
          .putInt(page.requests())
          .putInt(page.max())
          .putInt(page.visitSlot())
          .putInt(page.attemptSlot())
          .putInt(page.nextSlot())
          .putInt(page.endSlot());
    }
    out.putInt(flow.meetings().size());
    for (final Flow.Meeting meeting : flow.meetings()) {
      out.putInt(meeting.users()).putLong(meeting.timeoutTicks()).putInt(meeting.linkSlot());
    }
  }

  private void put(final Connections connections) {
    out.putInt(connections.pool())
        .putLong(connections.connectTimeoutNs())
        .putInt(connections.maxHeaderBytes())
        .putLong(connections.maxBodyBytes());
  }

  private void put(final ScenarioPlan scenario) {
    out.putInt(scenario.index()).putText(scenario.name()).putLong(scenario.key());
    put(scenario.load());
    out.putInt(scenario.entry())
        .putInt(scenario.firstVu())
        .putInt(scenario.vus())
        .putLong(scenario.gracefulStopTicks());
    final Timing timing = scenario.timing();
    if (!timing.equals(Timing.PLAIN)) {
      out.putInt(TIMING)
          .putLong(timing.startTicks())
          .putLong(timing.warmupTicks())
          .putLong(timing.pacingTicks())
          .putLong(timing.requestsPerSecond())
          .putLong(timing.burst());
    }
  }

  private void put(final Load load) {
    if (load instanceof Load.Closed closed) {
      out.putInt(CLOSED).putLong(closed.durationTicks()).putLong(closed.iterations());
    } else if (load instanceof Load.Open open) {
      out.putInt(OPEN)
          .putLong(open.arrivals())
          .putLong(open.periodNs())
          .putLong(open.durationTicks());
      put(open.process());
      out.putLong(open.site());
    } else if (load instanceof Load.RampingVus l) {
      out.putInt(RAMPING_VUS).putInt(l.startVus());
      put(l.stages());
      out.putLong(l.gracefulRampDownTicks());
    } else if (load instanceof Load.SharedIterations l) {
      out.putInt(SHARED_ITERATIONS).putLong(l.iterations()).putLong(l.durationTicks());
    } else if (load instanceof Load.RampingRate l) {
      out.putInt(RAMPING_RATE).putLong(l.startRate()).putLong(l.periodNs());
      put(l.stages());
      put(l.process());
      out.putLong(l.site());
    } else if (load instanceof Load.Controlled l) {
      out.putInt(CONTROLLED)
          .putInt(l.startVus())
          .putLong(l.rate())
          .putLong(l.periodNs())
          .putLong(l.durationTicks());
    } else if (load instanceof Load.Capacity l) {
      put(l);
    } else {
      throw new IllegalStateException("no code for the load " + load);
    }
  }

  private void put(final Load.Capacity load) {
    out.putInt(CAPACITY)
        .putLong(load.startRate())
        .putLong(load.stepRate())
        .putLong(load.maxRate())
        .putLong(load.periodNs())
        .putLong(load.stepTicks());
    put(load.process());
    out.putLong(load.site())
        .putLong(load.objective().p99Ns())
        .putLong(load.objective().errorsPerBillion());
  }

  private void put(final Stages stages) {
    put(stages.ticks());
    put(stages.targets());
  }

  private void put(final Load.ArrivalProcess process) {
    out.putInt(
        switch (process) {
          case UNIFORM -> UNIFORM_ARRIVALS;
          case POISSON -> POISSON_ARRIVALS;
        });
  }

  private void put(final RequestPlan request) {
    out.putInt(request.index())
        .putInt(request.scenario())
        .putText(request.name())
        .putText(request.method())
        .putText(request.path())
        .putInt(request.headers().size());
    for (final Header header : request.headers()) {
      out.putText(header.name()).putText(header.value());
    }
    out.putText(request.body()).putLong(request.timeoutTicks()).putLong(request.digest());
  }

  private void put(final Program program) {
    out.putInt(program.length());
    for (int pc = 0; pc < program.length(); pc++) {
      out.putInt(program.operation(pc)).putInt(program.argument(pc));
    }
  }

  private void put(final Choice choice) {
    out.putLong(choice.site());
    put(choice.weights());
    put(choice.targets());
  }

  private void put(final Think think) {
    out.putLong(think.site());
    put(think.duration());
  }

  private void put(final Simulation simulation) {
    out.putInt(simulation.servers()).putInt(simulation.responses().size());
    for (final Simulation.Response response : simulation.responses()) {
      out.putLong(response.latencySite());
      put(response.latency());
      out.putLong(response.errorSite()).putInt(response.errors().size());
      for (final Simulation.ErrorRate error : response.errors()) {
        out.putInt(error.outcome().code()).putDouble(error.probability());
      }
      out.putInt(response.status()).putLong(response.bytes());
    }
  }

  private void put(final Distribution distribution) {
    if (distribution instanceof Distribution.Constant d) {
      out.putInt(CONSTANT).putLong(d.valueNs());
    } else if (distribution instanceof Distribution.Uniform d) {
      out.putInt(UNIFORM).putLong(d.minNs()).putLong(d.maxNs());
    } else if (distribution instanceof Distribution.Normal d) {
      out.putInt(NORMAL).putLong(d.meanNs()).putLong(d.stdDevNs());
    } else if (distribution instanceof Distribution.LogNormal d) {
      out.putInt(LOG_NORMAL).putLong(d.medianNs()).putDouble(d.sigma());
    } else if (distribution instanceof Distribution.Exponential d) {
      out.putInt(EXPONENTIAL).putLong(d.meanNs());
    } else if (distribution instanceof Distribution.Empirical d) {
      out.putInt(EMPIRICAL);
      put(d.valuesNs());
      put(d.weights());
    } else {
      throw new IllegalStateException("no code for the distribution " + distribution);
    }
  }

  private void put(final LongArray array) {
    out.putInt(array.length());
    for (int i = 0; i < array.length(); i++) {
      out.putLong(array.get(i));
    }
  }
}
