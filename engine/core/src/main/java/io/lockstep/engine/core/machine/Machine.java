package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.GeneratorUse;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.metric.ThreadUse;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.engine.core.port.FailureStages;
import io.lockstep.engine.core.port.NameLookup;
import io.lockstep.engine.core.port.ProxyUse;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.BodyFaultedDecoder;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.FailureExplainedDecoder;
import io.lockstep.journal.event.FailureReasonedDecoder;
import io.lockstep.journal.event.HandshakeEndedDecoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import io.lockstep.journal.event.SetupValueDecoder;
import io.lockstep.scenario.plan.Plan;
import java.util.List;

/**
 * The deterministic machine of one shard. Its state changes with a tick or a sequenced input and
 * with nothing else, and each input is journaled before it acts.
 *
 * <p>Tick T is the span up to and including the instant {@code T * tickNs}. Its inputs come first,
 * in the order in which they are given; its timers fire at its end: control deadlines by scenario,
 * then VU timers in wheel order, then arrivals by scenario; before them all come thresholds that
 * are due. Within a tick a VU with nothing to wait for goes on at once.
 *
 * <p>Allocates nothing after {@link #start()}. Single-threaded.
 */
public final class Machine implements Transport.CompletionHandler {
  private static final long FIRST_TICK = 1;

  private final int shard;
  private final int shards;
  private final TransportKind kind;
  private final long tickNs;
  private final ShardState state;
  private final EventWriter events;
  private final Moment moment;
  private final MetricsTracker metrics;
  private final VuTimers timers;
  private final ScenarioRun[] scenarios;
  private final ContentRecorder contents;
  private final ConnectionRecorder connections;
  private final FailureRecorder failures;
  private final VuFlow flow;
  private final LoadControl control;
  private final RunStops stops;
  private long openTick;
  private long lastNs;

  /**
   * All VUs of the plan with {@code vu % shards == shard} live here.
   *
   * @param plan what to do
   * @param shard 0 to {@code shards - 1}
   * @param shards how many machines share the plan
   * @param kind what the transport is, for the journal
   * @param transport carries the requests
   * @param journal takes the events
   */
  public Machine(
      final Plan plan,
      final int shard,
      final int shards,
      final TransportKind kind,
      final Transport transport,
      final BlockWriter journal) {
    this(plan, shard, shards, kind, transport, journal, Surroundings.NONE);
  }

  /**
   * The same of a plan that has data or secrets, or asks for the time.
   *
   * @param around what it has besides the plan
   */
  public Machine(
      final Plan plan,
      final int shard,
      final int shards,
      final TransportKind kind,
      final Transport transport,
      final BlockWriter journal,
      final Surroundings around) {
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException("shard " + shard + " of " + shards);
    }
    ShardRules.fault(plan, shards)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    this.shard = shard;
    this.shards = shards;
    this.kind = kind;
    tickNs = plan.tickNs();
    metrics = new MetricsTracker(plan, shards);
    state = new ShardState(plan, shard, shards, around, journal, metrics);
    events = state.events.writer();
    moment = state.moment;
    timers = state.timers;
    scenarios = state.scenarios;
    contents = new ContentRecorder(state.events.requests());
    connections = new ConnectionRecorder(events);
    failures = new FailureRecorder(events);
    if (plan.capturesAny()) {
      contents.start();
    }
    flow = new VuFlow(state, new VuParts(state, transport));
    final VuStops vuStops = new VuStops(state, flow);
    control = new LoadControl(state, flow, vuStops);
    stops = new RunStops(state, flow, vuStops);
  }

  /** How many VUs of a plan a shard has. */
  public static int localVus(final Plan plan, final int shard, final int shards) {
    return (int) (((long) plan.vus() - shard + shards - 1) / shards);
  }

  /**
   * How many requests of a plan a shard can have under way at once: one per VU, in the slots of the
   * VUs, and behind these the slots of what flows do side by side.
   */
  public static int localLanes(final Plan plan, final int shard, final int shards) {
    return VuLanes.localLanes(plan, shard, shards);
  }

  /** Tick 0: the run-started event and the spawning of all VUs. The open tick becomes 1. */
  public void start() {
    start(Rules.matter(state.plan) ? Rules.LATEST : Rules.FIRST);
  }

  /** The same by the rules of a recording. */
  public void start(final Rules rules) {
    events.at(0, Phase.TIMERS);
    state.rules = rules;
    final Plan plan = state.plan;
    state
        .events
        .run()
        .runStarted(
            kind, shard, shards, state.table.vus(), plan.seed(), tickNs, plan.digest(), rules);
    stops.begin();
    flow.spawn();
    openTick = FIRST_TICK;
  }

  /**
   * Earliest tick in which something may be due, never late, {@link Transport#NULL_TICK} if nothing
   * is. May be early where a timer is far off: asking again after {@link #advance} gets closer.
   */
  public long nextTick() {
    if (isComplete()) {
      return Transport.NULL_TICK;
    }
    long next = timers.nextTick();
    for (final ScenarioRun scenario : scenarios) {
      next = Math.min(next, scenario.nextTick());
    }
    return next;
  }

  /** The tick that inputs are admitted to. */
  public long openTick() {
    return openTick;
  }

  /**
   * Fires all that is due in ticks up to and including this one, in order; the open tick becomes
   * the one after it.
   *
   * @return how much fired.
   */
  public int advance(final long throughTick) {
    int fired = 0;
    long next = nextTick();
    while (true) {
      if (checkIsDue(Math.min(next, throughTick))) {
        check(metrics.nextCheckTick());
      } else if (next > throughTick) {
        break;
      } else if (next < openTick) {
        passBy(next);
      } else {
        fired += fire(next);
      }
      next = nextTick();
    }
    openTick = Math.max(openTick, throughTick + 1);
    return fired;
  }

  /** An input, admitted to the open tick. */
  @Override
  public void onCompletion(final Completion completion) {
    admit(completion.lastByteNs);
    final int vu = flow.owner(completion.vu);
    if (state.echoes != null) {
      state.echoes.admit(vu, completion);
    }
    if (completion.content.isCaptured() && !completion.content.isRecorded()) {
      contents.record(vu, completion);
    }
    completion.stage = FailureStages.of(completion, kind == TransportKind.NETWORK);
    if (!completion.isNoted) {
      connections.record(vu, completion);
      failures.record(vu, completion);
    }
    state.events.requests().requestCompleted(vu, completion);
    state.events.bodyFaults().clear();
    flow.onCompletion(vu, completion);
    stops.stopIfAsked();
    if (!completion.isReplayed) {
      state.events.bodyFaults().publish();
    }
  }

  /** What was wrong with the body of a response, from a recording: journaled as it is. */
  public void onBodyFault(final BodyFaultedDecoder recorded) {
    events.at(openTick, Phase.INPUTS);
    state.events.bodyFaults().replay(recorded);
  }

  /** A part of a content, from a recording: journaled as it is. An input, as a completion is. */
  public void onContent(final ContentRecordedDecoder recorded) {
    events.at(openTick, Phase.INPUTS);
    contents.replay(recorded);
  }

  /** What the completion that comes next refers to, from a recording: journaled as it is. */
  public void onContent(final ResponseContentDecoder recorded) {
    events.at(openTick, Phase.INPUTS);
    contents.replay(recorded);
  }

  /** An input, admitted to the open tick, in which nothing has happened yet. */
  public void onSetup(final int index, final GivenValue value) {
    events.at(openTick, Phase.INPUTS);
    state.variables.setup().give(index, value, state.events.run());
  }

  /** The same from a recording, which may have only a part of the value here. */
  public void onSetup(final SetupValueDecoder recorded) {
    events.at(openTick, Phase.INPUTS);
    state.variables.setup().replay(recorded, state.events.run());
  }

  /** A handshake, from a recording: journaled as it is, and told to the completion to come. */
  public void onHandshake(final HandshakeEndedDecoder recorded, final Completion to) {
    events.at(openTick, Phase.INPUTS);
    connections.replay(recorded, to);
  }

  /** A reason, from a recording: journaled as it is, and told to the completion to come. */
  public void onReason(final FailureExplainedDecoder recorded, final Completion to) {
    events.at(openTick, Phase.INPUTS);
    failures.replay(recorded, to);
  }

  /** The same by the number of a reason. */
  public void onReason(final FailureReasonedDecoder recorded, final Completion to) {
    events.at(openTick, Phase.INPUTS);
    failures.replay(recorded, to);
  }

  /** A reason and its number, from a recording: journaled as it is. */
  public void onReason(final ReasonDefinedDecoder recorded) {
    events.at(openTick, Phase.INPUTS);
    failures.replay(recorded);
  }

  /**
   * An input, admitted to the open tick: an end of the run.
   *
   * @throws IllegalArgumentException if the command is not one that ends it.
   */
  public void onCommand(final OperatorCommand command, final long atNs) {
    if (!command.isEnd()) {
      throw new IllegalArgumentException(command + " needs a scenario and a value");
    }
    admit(atNs);
    state.events.run().operatorCommanded(command, atNs);
    stops.onCommand(command);
  }

  /**
   * An input, admitted to the open tick: all shards together found that a threshold ends the run.
   *
   * @param threshold index in the plan
   * @throws IllegalArgumentException if the plan has no such threshold.
   */
  public void onThreshold(final long threshold, final long atNs) {
    if (threshold < 0 || threshold >= state.plan.measures().thresholds().size()) {
      throw new IllegalArgumentException("the plan has no threshold " + threshold);
    }
    admit(atNs);
    state.events.run().operatorCommanded(OperatorCommand.THRESHOLD, 0, threshold, atNs);
    metrics.onAborted((int) threshold);
    stops.abort();
  }

  /**
   * An input, admitted to the open tick: a change of an externally controlled load. It acts from
   * the time at which it was given.
   *
   * @throws IllegalArgumentException if the scenario's load cannot be changed so.
   */
  public void onChange(final LoadChange change, final long atNs) {
    if (change.scenario() >= scenarios.length) {
      throw new IllegalArgumentException("the plan has no scenario " + change.scenario());
    }
    admit(atNs);
    state.events.run().operatorCommanded(change.command(), change.scenario(), change.value(), atNs);
    control.change(scenarios[change.scenario()], change);
  }

  /** An input, admitted to the open tick: connections go through a proxy. It changes nothing. */
  public void onProxy(final ProxyUse proxy) {
    events.at(openTick, Phase.INPUTS);
    new NameRecorder(events).proxyTaken(proxy);
    metrics.samples().onProxy(proxy);
  }

  /** An input, admitted to the open tick: names were looked up. It changes nothing. */
  public void onLookup(final NameLookup lookup) {
    events.at(openTick, Phase.INPUTS);
    new NameRecorder(events).nameResolved(lookup);
    metrics.samples().onLookup(lookup);
  }

  /** An input, admitted to the open tick, once {@link #isComplete()}. */
  public void onConnections(final ConnectionCounts counts) {
    events.at(openTick, Phase.INPUTS);
    state.events.run().connectionsSampled(counts);
    metrics.samples().onConnections(counts);
  }

  /**
   * An input, admitted to the open tick: the last one of a run, given once {@link #isComplete()}.
   */
  public void onResources(final Resources resources) {
    events.at(openTick, Phase.INPUTS);
    state.events.run().resourcesSampled(resources);
    metrics.samples().onResources(resources);
  }

  /** An input, admitted to the open tick, once {@link #isComplete()}. */
  public void onThread(final ThreadUse use) {
    events.at(openTick, Phase.INPUTS);
    new GeneratorPublisher(events).threadSampled(use);
    metrics.samples().onThread(use);
  }

  /** An input, admitted to the open tick, once {@link #isComplete()}. */
  public void onGenerator(final GeneratorUse use) {
    events.at(openTick, Phase.INPUTS);
    new GeneratorPublisher(events).generatorSampled(use);
    metrics.samples().onGenerator(use);
  }

  /**
   * Whether every VU is complete and every arrival schedule over: a shard without a VU still owes
   * its share of the arrivals, and drops it.
   */
  public boolean isComplete() {
    return stops.alive() == 0;
  }

  /** The run-ended event, in the tick of the last event before it. */
  public void conclude() {
    if (!isComplete()) {
      throw new IllegalStateException(stops.alive() + " VUs or arrival schedules are not complete");
    }
    events.at(events.tick(), Phase.TIMERS);
    for (final ScenarioRun scenario : scenarios) {
      // Where all its VUs stopped themselves, some shared iterations may be left.
      metrics.onIterationsDropped(scenario.plan.index(), scenario.dropShared(), lastNs);
    }
    metrics.onEnded(lastNs);
    state.events.run().runEnded(outcome(), shard, generationDigest(), lastNs);
  }

  public MetricsTracker metrics() {
    return metrics;
  }

  public GenerationDigest generationDigest() {
    return flow.parts().endings.generationDigest();
  }

  /** The values of the setup that it was given, by index. */
  public List<GivenValue> given() {
    return state.variables.setup().given();
  }

  /** What its first VU remembers by name, by index: what a setup leaves. */
  public List<GivenValue> values() {
    return state.variables.named(0);
  }

  /** Whether a flow asked for the end of the whole test, of which this shard is a part. */
  public boolean isStopAsked() {
    return stops.isStopAsked();
  }

  /** How the run ended, or would end by itself. */
  public RunOutcome outcome() {
    return stops.outcome();
  }

  /**
   * Thresholds are looked at in ticks of their own, whether or not anything else happens in them.
   * They make no tick due: a machine that waits for its inputs alone has nothing to do by itself.
   */
  private boolean checkIsDue(final long throughTick) {
    return metrics.nextCheckTick() <= throughTick && !isComplete();
  }

  private void check(final long tick) {
    final int threshold = metrics.checkThresholds(tick);
    if (threshold >= 0) {
      events.at(tick, Phase.TIMERS);
      moment.atInstant(tick);
      lastNs = Math.max(lastNs, moment.nowNs());
      stops.onThresholdFailed(threshold);
    }
  }

  private void admit(final long atNs) {
    events.at(openTick, Phase.INPUTS);
    moment.atInput(openTick, atNs);
    lastNs = Math.max(lastNs, atNs);
  }

  /** A tick that has passed, which the wheel only names on its way to a timer that was just set. */
  private void passBy(final long tick) {
    if (timers.nextTick() != tick) {
      throw new IllegalStateException(
          "due in tick " + tick + ", but tick " + openTick + " is open");
    }
    timers.advanceTo(tick);
  }

  private int fire(final long tick) {
    final long instantNs = tick * tickNs;
    timers.advanceTo(tick);
    events.at(tick, Phase.TIMERS);
    moment.atInstant(tick);
    int fired = 0;
    for (final ScenarioRun scenario : scenarios) {
      if (scenario.controlTick() == tick) {
        fired += control.fire(scenario);
      }
    }
    fired += timers.fire(flow);
    moment.atInstant(tick);
    for (final ScenarioRun scenario : scenarios) {
      fired += flow.arrive(scenario);
    }
    if (fired > 0) {
      lastNs = Math.max(lastNs, instantNs);
    }
    stops.stopIfAsked();
    return fired;
  }
}
