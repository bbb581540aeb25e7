package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.Evaluator;
import io.lockstep.engine.core.expression.Unknowns;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockSink;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Timing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Has a {@link VuFlow} do one iteration of one VU in virtual time, and notes what it does. The plan
 * is the whole one but for what ties a VU to others: throttles and meetings let it pass at once. A
 * VU that remembers variables from one iteration to the next does those before it too.
 */
final class PreviewRun implements StepTrace, Transport {
  /** The identity counts shards as it likes: VUs beyond this one cost memory only. */
  private static final int MOST_SHARDS = 1 << 16;

  private final Plan plan;
  private final Preview.Identity identity;
  private final long startNs;
  private final Preview.Extent extent;
  private final int shards;
  private final ShardState state;
  private final Moment moment;
  private final VuFlow flow;
  private final Evaluator evaluator;
  private final StepReader reader;
  private final List<Preview.Step> steps = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final PreviewAnswers content;
  private final Completion completion = new Completion();
  private final List<Preview.RowUse> rows = new ArrayList<>();
  private Preview.Ending ending;
  private long stepsDone;
  private String failure = "";
  private String startFailure = "";
  private boolean isOpen;
  private long last;
  private long endNs;
  private long chain;

  PreviewRun(
      final Plan whole,
      final Surroundings around,
      final Preview.Identity identity,
      final long startNs,
      final Preview.Extent extent,
      final List<GivenValue> setup) {
    plan = alone(whole);
    content = new PreviewAnswers(plan);
    this.identity = identity;
    this.startNs = startNs;
    this.extent = extent;
    final ScenarioPlan scenario = plan.scenarios().get(identity.scenario());
    final int vu = scenario.load().vusLast() ? identity.vu() : scenario.firstVu();
    if (vu < scenario.firstVu() || vu >= scenario.firstVu() + scenario.vus()) {
      throw new IllegalArgumentException("VU " + vu + " is none of scenario " + scenario.name());
    }
    shards = Math.min(plan.vus(), MOST_SHARDS);
    final Nowhere nowhere = new Nowhere();
    state =
        new ShardState(
            plan,
            vu % shards,
            shards,
            around,
            new BlockWriter(nowhere, nowhere.only),
            MetricsTracker.unused(plan, shards));
    moment = state.moment;
    final VuParts parts = new VuParts(state, this);
    parts.requests.showLogical();
    evaluator = parts.logic.evaluator();
    flow = new VuFlow(state, parts);
    reader = new StepReader(state, scenario, vu / shards, identity.iteration());
    give(whole.phases().values(), setup);
    begin(vu / shards, scenario);
  }

  private void give(final List<String> names, final List<GivenValue> setup) {
    final Unknowns unknowns = new Unknowns();
    for (int i = 0; i < setup.size(); i++) {
      state.variables.setup().give(i, setup.get(i), state.events.run());
      if (setup.get(i).equals(PreviewSetup.unknown(names.get(i)))) {
        unknowns.add(Unknowns.text(Phases.SETUP + "." + names.get(i)));
      }
    }
    evaluator.previews(unknowns);
  }

  /** The iteration begins, as if what went before had ended just then. */
  private void begin(final int vu, final ScenarioPlan scenario) {
    final long tick = moment.ticks(startNs);
    if (scenario.load().isOpen()) {
      state.timers.advanceTo(tick);
      state.events.writer().at(tick, Phase.TIMERS);
      moment.atInstant(tick);
    } else {
      state.timers.advanceTo(tick - 1);
      state.events.writer().at(tick, Phase.INPUTS);
      moment.atInput(tick, startNs);
    }
    flow.preview(vu, identity.scenario(), first(scenario), this);
  }

  /** The iteration to begin with: an earlier one where it leaves something behind. */
  private long first(final ScenarioPlan scenario) {
    final Flow.ScenarioFlow own = plan.flow().of(identity.scenario());
    final boolean remembers = scenario.load().vusLast() && own.memory().values() > 0;
    if (!remembers || identity.iteration() == Preview.Identity.START) {
      return identity.iteration();
    }
    return own.start() == Flow.NONE ? 0 : Preview.Identity.START;
  }

  /** Has the VU stop after this iteration, where its stop is asked for. */
  PreviewRun stoppingAfter(final long iteration) {
    last = iteration;
    return this;
  }

  /** What is to be said of what came before; empty where nothing is. */
  String note() {
    return startFailure.isEmpty()
        ? ""
        : "The `start` before it fails, as far as it can be told: "
            + startFailure
            + ".\nA VU whose start has failed does nothing more.";
  }

  Preview preview() {
    while (ending == null) {
      final long tick = Math.min(state.timers.nextTick(), nextTick());
      if (tick == NULL_TICK) {
        ending = Preview.Ending.NEVER;
        break;
      }
      if (tick * plan.tickNs() - startNs > extent.ns()) {
        end(Preview.Ending.CUT, startNs + extent.ns());
        break;
      }
      poll(tick, this::complete, Integer.MAX_VALUE);
      if (tick >= state.timers.now()) {
        state.events.writer().at(tick, Phase.TIMERS);
        state.timers.advanceTo(tick);
        moment.atInstant(tick);
        state.timers.fire(flow);
      }
    }
    return new Preview(identity, steps, rows, ending, failure, endNs, chain, "");
  }

  /** How many steps it has come to, kept or not. */
  long stepsDone() {
    return stepsDone;
  }

  /** What the VU remembers by name, by index, after the preview. */
  List<GivenValue> values() {
    return state.variables.named(reader.vu());
  }

  private void complete(final Completion ended) {
    final long tick = moment.ticks(ended.lastByteNs);
    state.events.writer().at(tick, Phase.INPUTS);
    moment.atInput(tick, ended.lastByteNs);
    flow.onCompletion(flow.owner(ended.vu), ended);
  }

  /** Whether what happens now is of the iteration that was asked for. */
  private boolean isAsked() {
    return ending == null && state.table.iteration(reader.vu()) == identity.iteration();
  }

  private long sinceStart(final long atNs) {
    return atNs - state.table.startedNs(reader.vu());
  }

  @Override
  public void step(final int pc, final long value) {
    if (isAsked() && extent.isKept()) {
      reader.read(sinceStart(moment.nowNs()), pc, value).ifPresent(this::add);
    } else if (isAsked()) {
      count();
    } else {
      reader.passed(pc);
    }
  }

  private void add(final Preview.Step step) {
    if (count()) {
      steps.add(step);
    }
  }

  /** Whether there may be one more step; where there may not, the preview ends. */
  private boolean count() {
    if (stepsDone == extent.steps()) {
      end(Preview.Ending.CUT, moment.nowNs());
      return false;
    }
    stepsDone++;
    return true;
  }

  @Override
  public void failed(final String why) {
    if (isAsked()) {
      final String lacks = reader.lacks(evaluator.last());
      isOpen = !lacks.isEmpty();
      failure = isOpen ? lacks : why;
    } else if (state.table.iteration(reader.vu()) == Preview.Identity.START) {
      startFailure = reader.lacks(evaluator.last()).isEmpty() ? why : "";
    }
  }

  @Override
  public void ended(final int vu, final IterationOutcome outcome, final long nowNs) {
    if (isAsked()) {
      chain = state.table.digest(vu);
      final Preview.Ending failed = isOpen ? Preview.Ending.OPEN : Preview.Ending.FAILED;
      end(failure.isEmpty() ? Preview.Ending.COMPLETED : failed, nowNs);
    } else if (identity.iteration() == Preview.Identity.STOP
        && state.table.iteration(reader.vu()) == last) {
      state.scenarios[identity.scenario()].stop(moment.tick());
    }
  }

  private void end(final Preview.Ending how, final long nowNs) {
    ending = how;
    endNs = sinceStart(nowNs);
    for (final Memory.Row row : plan.flow().of(identity.scenario()).memory().rows()) {
      final long chosen = state.slots.get(reader.vu(), row.slot()) - 1;
      if (chosen >= 0) {
        rows.add(new Preview.RowUse(row.feeder(), chosen));
      }
    }
  }

  @Override
  public void send(
      final int slot,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    if (isAsked() && !extent.isKept()) {
      count();
    } else if (isAsked()) {
      add(
          reader.read(
              sinceStart(intendedNs),
              plan.requests().get(request),
              rendered,
              state.events.requests().issuedDigest()));
    } else {
      reader.passed(plan.requests().get(request));
    }
    // As the simulated target does: a later moment, so that a VU does not repeat itself for ever.
    answers.add(
        new Answer(
            slot, request, requestSeq, intendedNs, Math.max(intendedNs, tick * plan.tickNs() + 1)));
  }

  @Override
  public void cancel(final int slot, final int requestSeq) {
    answers.removeIf(answer -> answer.slot == slot && answer.requestSeq == requestSeq);
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    int polled = 0;
    while (nextTick() <= tick) {
      final Answer answer = answers.remove();
      completion.vu = answer.slot;
      completion.requestSeq = answer.requestSeq;
      completion.sentNs = answer.sentNs;
      completion.firstByteNs = answer.endNs;
      completion.lastByteNs = answer.endNs;
      content.answer(answer.request, completion);
      handler.onCompletion(completion);
      polled++;
    }
    return polled;
  }

  @Override
  public long nextTick() {
    return answers.isEmpty() ? NULL_TICK : moment.ticks(answers.peek().endNs);
  }

  @Override
  public void close() {
    // Holds memory only.
  }

  /** The plan without what lets VUs wait for each other. */
  private static Plan alone(final Plan plan) {
    final List<ScenarioPlan> scenarios = plan.scenarios().stream().map(PreviewRun::alone).toList();
    final Flow flow = plan.flow();
    final Flow single =
        new Flow(
            flow.scenarios(),
            flow.groups(),
            flow.paces(),
            flow.loops(),
            flow.retries(),
            flow.pages(),
            flow.meetings().stream()
                .map(meeting -> new Flow.Meeting(1, meeting.timeoutTicks(), meeting.linkSlot()))
                .toList());
    return plan.withScenarios(scenarios)
        .withRequests(plan.requests().stream().map(PreviewRun::alone).toList())
        .withParts(plan.parts().with(single));
  }

  /** Without a response no check can be held, and none is taken to fail. */
  private static RequestPlan alone(final RequestPlan request) {
    final List<Check> counted =
        request.use().checks().stream()
            .map(check -> new Check(check.name(), check.condition(), Check.OnFailure.COUNT))
            .toList();
    return request.with(
        new ResponseUse(request.use().extractions(), counted, request.use().expected()));
  }

  private static ScenarioPlan alone(final ScenarioPlan scenario) {
    final Timing timing = scenario.timing();
    return new ScenarioPlan(
        scenario.index(),
        scenario.name(),
        scenario.key(),
        scenario.load(),
        scenario.entry(),
        scenario.firstVu(),
        scenario.vus(),
        scenario.gracefulStopTicks(),
        new Timing(timing.startTicks(), timing.warmupTicks(), 0, Timing.UNTHROTTLED, 0),
        scenario.browsing());
  }

  /** An answer on its way. */
  private record Answer(int slot, int request, int requestSeq, long sentNs, long endNs) {}

  /** A journal that keeps nothing. */
  private static final class Nowhere implements BlockSink {
    private final Block only = new Block();

    @Override
    public Block exchange(final Block full) {
      return full;
    }
  }
}
