package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.metric.Check;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Group;
import io.lockstep.scenario.plan.metric.Measures;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.HexFormat;
import java.util.List;

/**
 * Digest of a plan: every component of {@link Plan} but seed, target and the digest itself, in the
 * order of the records' components, in the form of {@link CanonicalDigest}. A list is its length
 * and its items. Loads, processes and distributions start with the codes below, which never change;
 * a missing simulation is the int 0, one that is there the int 1 and itself. What came later into
 * the language (secrets, by name; feeders; measures; warm-ups; what is done with responses, kept of
 * them and simulated in them) is left out where a plan has none of it, so that older plans keep
 * their digests: then it starts with a code of its own.
 */
final class PlanDigest {
  /** Changes with the form. */
  private static final int FORM = 1;

  private static final int SECRETS_MARK = 0x5EC2E75;

  /** Starts what a plan measures. */
  private static final int MEASURES = 0x4d53;

  /** Starts a warm-up. */
  private static final int WARM_UP = 0x5755;

  private static final int CLOSED = 1;
  private static final int OPEN = 2;
  private static final int UNIFORM_ARRIVALS = 1;
  private static final int POISSON_ARRIVALS = 2;
  private static final int CONSTANT = 1;
  private static final int UNIFORM = 2;
  private static final int NORMAL = 3;
  private static final int LOG_NORMAL = 4;
  private static final int EXPONENTIAL = 5;
  private static final int EMPIRICAL = 6;
  private static final int FEEDERS = 101;

  /** Section: policy, largest body, and requests whose response is read, with how much of it. */
  private static final int RECORDING_SECTION = 0x5245_4331;

  /** Section: simulated responses that have contents. */
  private static final int SIMULATED_CONTENT_SECTION = 0x5349_4d31;

  private final CanonicalDigest out = new CanonicalDigest();
  private final ResponseDigest responses = new ResponseDigest(out);

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
    if (!plan.secrets().isEmpty()) {
      out.putInt(SECRETS_MARK).putInt(plan.secrets().size());
      plan.secrets().forEach(out::putText);
    }
    if (!plan.feeders().isEmpty()) {
      out.putInt(FEEDERS).putInt(plan.feeders().size());
      plan.feeders().forEach(this::put);
    }
    if (!plan.measures().equals(Measures.NONE)) {
      out.putInt(MEASURES);
      put(plan.measures());
    }
    putRecording(plan);
    putSimulatedContent(plan.simulation());
  }

  private void putRecording(final Plan plan) {
    final List<RequestPlan> read =
        plan.requests().stream().filter(r -> r.capture() != Capture.NONE).toList();
    if (plan.recording().equals(Recording.DEFAULT) && read.isEmpty()) {
      return;
    }
    out.putInt(RECORDING_SECTION)
        .putInt(plan.recording().bodies().code())
        .putInt(plan.recording().maxBodyBytes())
        .putInt(read.size());
    read.forEach(request -> out.putInt(request.index()).putInt(request.capture().code()));
  }

  private void putSimulatedContent(final Simulation simulation) {
    final List<Simulation.Response> responses =
        simulation == null ? List.of() : simulation.responses();
    if (responses.stream().noneMatch(PlanDigest::hasContent)) {
      return;
    }
    out.putInt(SIMULATED_CONTENT_SECTION);
    for (final Simulation.Response response : responses) {
      putHeaders(response.headers());
      out.putText(response.body());
    }
  }

  private static boolean hasContent(final Simulation.Response response) {
    return !response.headers().isEmpty() || !response.body().isEmpty();
  }

  private void putHeaders(final List<Header> headers) {
    out.putInt(headers.size());
    for (final Header header : headers) {
      out.putText(header.name()).putText(header.value());
    }
  }

  private void put(final FeederPlan feeder) {
    out.putText(feeder.name()).putInt(feeder.columns().size());
    feeder.columns().forEach(out::putText);
    out.putLong(feeder.rows())
        .putText(feeder.digest())
        .putInt(
            switch (feeder.mode()) {
              case SEQUENTIAL -> 1;
              case RANDOM -> 2;
              case SHUFFLE -> 3;
              case UNIQUE -> 4;
            })
        .putInt(
            switch (feeder.per()) {
              case VU -> 1;
              case ITERATION -> 2;
            })
        .putInt(
            switch (feeder.atEnd()) {
              case RECYCLE -> 1;
              case STOP_VU -> 2;
              case STOP_TEST -> 3;
            })
        .putLong(feeder.site())
        .putInt(feeder.scenarios().size());
    feeder.scenarios().forEach(out::putInt);
  }

  private void put(final Measures measures) {
    out.putInt(measures.thresholds().size());
    measures.thresholds().forEach(this::put);
    out.putInt(measures.checks().size());
    for (final Check check : measures.checks()) {
      out.putText(check.name()).putInt(check.request());
    }
    out.putInt(measures.groups().size());
    for (final Group group : measures.groups()) {
      out.putText(group.name()).putInt(group.scenario());
    }
    out.putInt(measures.custom().size());
    for (final CustomMetric metric : measures.custom()) {
      out.putText(metric.key()).putText(metric.kind().key()).putText(metric.unit().key());
    }
    out.putInt(measures.scenarioTags().size());
    measures.scenarioTags().forEach(this::put);
    out.putInt(measures.requestTags().size());
    measures.requestTags().forEach(this::put);
  }

  private void put(final Threshold threshold) {
    out.putText(threshold.selector().metric());
    put(threshold.selector().tags());
    out.putInt(threshold.expression().aggregation().code())
        .putDouble(threshold.expression().percentile())
        .putInt(threshold.expression().comparison().code())
        .putDouble(threshold.expression().bound())
        .putLong(threshold.overNs())
        .putInt(threshold.abortOnFail() ? 1 : 0)
        .putLong(threshold.delayNs());
  }

  private void put(final List<Tag> tags) {
    out.putInt(tags.size());
    for (final Tag tag : tags) {
      out.putText(tag.name()).putText(tag.value());
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
    if (scenario.warmupTicks() > 0) {
      out.putInt(WARM_UP).putLong(scenario.warmupTicks());
    }
    responses.put(scenario.browsing());
  }

  private void put(final Load load) {
    if (load instanceof Load.Closed closed) {
      out.putInt(CLOSED).putLong(closed.durationTicks()).putLong(closed.iterations());
    } else if (load instanceof Load.Open open) {
      out.putInt(OPEN)
          .putLong(open.arrivals())
          .putLong(open.periodNs())
          .putLong(open.durationTicks())
          .putInt(
              switch (open.process()) {
                case UNIFORM -> UNIFORM_ARRIVALS;
                case POISSON -> POISSON_ARRIVALS;
              })
          .putLong(open.site());
    } else {
      throw new IllegalStateException("no code for the load " + load);
    }
  }

  private void put(final RequestPlan request) {
    out.putInt(request.index())
        .putInt(request.scenario())
        .putText(request.name())
        .putText(request.method())
        .putText(request.path());
    putHeaders(request.headers());
    out.putText(request.body()).putLong(request.timeoutTicks()).putLong(request.digest());
    responses.put(request.use());
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
