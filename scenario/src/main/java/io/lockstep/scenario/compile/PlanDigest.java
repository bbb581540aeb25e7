package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.HttpUse;
import io.lockstep.scenario.plan.Keeping;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Opening;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.Proxy;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Route;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Stages;
import io.lockstep.scenario.plan.Think;
import io.lockstep.scenario.plan.Timing;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.plan.metric.Measures;
import java.util.HexFormat;
import java.util.List;

/**
 * Digest of a plan: every component of {@link Plan} but seed, target and the digest itself, in the
 * order of the records' components, in the form of {@link CanonicalDigest}. A list is its length
 * and its items. Loads, processes and distributions start with the codes below, which never change;
 * a missing simulation is the int 0, one that is there the int 1 and itself. What later versions
 * added (flows; secrets, by name; feeders; measures; what is done with responses, kept of them and
 * simulated in them; TLS) comes only where a plan has it, so that a file without it keeps its
 * digest: a timing that is not plain behind its scenario, other parts at the end, each with a code
 * of its own.
 */
final class PlanDigest {
  /** Changes with the form. */
  private static final int FORM = 1;

  /** Code of the part with the flows. */
  private static final int FLOW = 1;

  private static final int SECRETS_MARK = 0x5EC2E75;

  /** Starts what a plan measures. */
  private static final int MEASURES = 0x4d53;

  /** Starts what VUs remember. */
  private static final int MEMORY = 0x4d454d;

  /** Starts what flows compute. */
  private static final int LOGIC = 0x4c4f47;

  /** Starts what is done around the load. */
  private static final int PHASES = 0x504853;

  /** Starts how long connections are kept. */
  private static final int KEEPING = 0x4b454550;

  /** Starts how connections are opened. */
  private static final int OPENING = 0x4f50454e;

  /** Starts which HTTP is spoken. */
  private static final int HTTP = 0x4854_5450;

  /** Starts how addresses are found and reached. */
  private static final int ROUTE = 0x524f_5554;

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
  private static final int FEEDERS = 101;

  /** Section: policy, largest body, and requests whose response is read, with how much of it. */
  private static final int RECORDING_SECTION = 0x5245_4331;

  /** Section: requests that are not all text or not sent at once. */
  private static final int SENDING_SECTION = 0x5345_4e44;

  /** Section: simulated responses that have contents. */
  private static final int SIMULATED_CONTENT_SECTION = 0x5349_4d31;

  /** Starts when a run starts. */
  private static final int CLOCK = 0x434c_4b;

  /** Section: how connections are secured. */
  private static final int TLS_SECTION = 0x544c_5331;

  private final CanonicalDigest out = new CanonicalDigest();
  private final DistributionDigest distributions = new DistributionDigest(out);
  private final FlowDigest flows = new FlowDigest(out, distributions);
  private final MeasuresDigest measures = new MeasuresDigest(out);
  private final LogicDigest logic = new LogicDigest(out);
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
    if (!plan.flow().isPlain()) {
      out.putInt(FLOW);
      flows.put(plan.flow());
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
      measures.put(plan.measures());
    }
    if (plan.flow().scenarios().stream().anyMatch(s -> !s.memory().equals(Memory.NONE))) {
      out.putInt(MEMORY);
      logic.putMemories(plan.flow());
    }
    if (!plan.logic().equals(Logic.NONE)) {
      out.putInt(LOGIC);
      logic.put(plan.logic());
    }
    if (!plan.phases().isNone()) {
      out.putInt(PHASES);
      put(plan.phases());
    }
    putRecording(plan);
    putUpkeep(plan.connections());
    putSimulatedContent(plan.simulation());
    if (!plan.tls().equals(Tls.DEFAULT)) {
      put(plan.tls());
    }
    plan.clockNs().ifPresent(clockNs -> out.putInt(CLOCK).putLong(clockNs));
    putSending(plan);
  }

  private void putSending(final Plan plan) {
    final List<RequestPlan> special =
        plan.requests().stream().filter(request -> !request.sending().isPlain()).toList();
    if (special.isEmpty()) {
      return;
    }
    out.putInt(SENDING_SECTION).putInt(special.size());
    for (final RequestPlan request : special) {
      out.putInt(request.index()).putLong(request.sending().continueNs());
      out.putInt(request.sending().files().size());
      for (final BodyFile file : request.sending().files()) {
        out.putText(file.digest()).putLong(file.bytes()).putText(file.after());
      }
    }
  }

  /** Files with private keys are known by their paths alone. */
  private void put(final Tls tls) {
    out.putInt(TLS_SECTION)
        .putInt(tls.provider().code())
        .putInt(tls.minVersion().code())
        .putInt(tls.maxVersion().code())
        .putInt(tls.ciphers().size());
    tls.ciphers().forEach(out::putText);
    out.putText(tls.serverName()).putInt(tls.insecure() ? 1 : 0).putInt(tls.resumption() ? 1 : 0);
    put(tls.authorities());
    out.putInt(tls.client() == null ? 0 : 1);
    if (tls.client() != null) {
      put(tls.client().certificate());
      out.putText(tls.client().keyFile()).putText(tls.client().passwordSecret());
    }
  }

  private void put(final Tls.PublicFile file) {
    out.putInt(file == null ? 0 : 1);
    if (file != null) {
      out.putText(file.path()).putText(file.digest());
    }
  }

  private void put(final Phases phases) {
    out.putText(phases.setup() == null ? "" : phases.setup().digest())
        .putText(phases.teardown() == null ? "" : phases.teardown().digest())
        .putInt(phases.values().size());
    phases.values().forEach(out::putText);
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

  private void put(final Connections connections) {
    out.putInt(connections.pool())
        .putLong(connections.connectTimeoutNs())
        .putInt(connections.maxHeaderBytes())
        .putLong(connections.maxBodyBytes());
  }

  private void putUpkeep(final Connections connections) {
    final Keeping keeping = connections.keeping();
    if (!keeping.equals(Keeping.FOREVER)) {
      out.putInt(KEEPING).putLong(keeping.maxRequests());
      out.putLong(keeping.maxIdleNs()).putLong(keeping.maxAgeNs());
    }
    final Opening opening = connections.opening();
    if (!opening.with(Route.DIRECT).equals(Opening.PLAIN)) {
      out.putInt(OPENING).putInt(opening.ahead()).putInt(opening.aheadPerSecond());
      put(opening.sources());
      out.putInt(opening.inTurn() ? 1 : 0).putInt(opening.hosts().size());
      for (final Opening.Host host : opening.hosts()) {
        out.putText(host.name());
        put(host.addresses());
      }
      out.putText(opening.unixSocket());
    }
    if (!opening.route().equals(Route.DIRECT)) {
      put(opening.route());
    }
    final HttpUse http = connections.http();
    if (!http.equals(HttpUse.DEFAULT)) {
      out.putInt(HTTP).putInt(http.version().code()).putInt(http.maxStreams());
    }
  }

  /** A secret is known by its name alone. */
  private void put(final Route route) {
    out.putInt(ROUTE)
        .putText(route.resolver())
        .putLong(route.namesTtlNs())
        .putInt(route.races() ? 1 : 0)
        .putLong(route.attemptDelayNs())
        .putInt(route.proxy() == null ? 0 : 1);
    if (route.proxy() != null) {
      final Proxy proxy = route.proxy();
      out.putText(proxy.isOfEnvironment() ? "" : proxy.server().url())
          .putInt(proxy.tunnel().code())
          .putText(proxy.user())
          .putText(proxy.passwordSecret());
      put(proxy.except());
    }
  }

  private void put(final List<String> texts) {
    out.putInt(texts.size());
    texts.forEach(out::putText);
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
    responses.put(scenario.browsing());
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
    distributions.put(stages.ticks());
    distributions.put(stages.targets());
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
    distributions.put(choice.weights());
    distributions.put(choice.targets());
  }

  private void put(final Think think) {
    out.putLong(think.site());
    distributions.put(think.duration());
  }

  private void put(final Simulation simulation) {
    out.putInt(simulation.servers()).putInt(simulation.responses().size());
    for (final Simulation.Response response : simulation.responses()) {
      out.putLong(response.latencySite());
      distributions.put(response.latency());
      out.putLong(response.errorSite()).putInt(response.errors().size());
      for (final Simulation.ErrorRate error : response.errors()) {
        out.putInt(error.outcome().code()).putDouble(error.probability());
      }
      out.putInt(response.status()).putLong(response.bytes());
    }
  }
}
