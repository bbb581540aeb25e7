package io.lockstep.engine.transport.sim;

import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestSyntax;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.engine.core.wheel.TimerWheel;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Simulation;
import java.util.List;

/**
 * The target as the plan's {@code simulate} block models it, for the VUs of one shard. Every answer
 * is decided when the request is sent, from the request's own random stream, so neither shards nor
 * other VUs change it, but for the queue where {@code servers} is set: each shard then has its
 * share of the servers.
 *
 * <p>A completion comes in the tick that its end falls into, and at least one tick after the send.
 * Completions of one tick come in the order of their sends. Allocates nothing after construction,
 * but for eight bytes a VU with the first rendered request.
 */
public final class SimulatedTransport implements Transport {
  /** Longs per request. */
  private static final int STRIDE_BITS = 2;

  /** Completions taken at once, so that their memory is fetched together. */
  private static final int BATCH = 32;

  private static final int SENT_NS = 0;
  private static final int END_NS = 1;
  private static final int REQUEST = 2;
  private static final int OUTCOME = 3;

  private final int shards;
  private final long tickNs;
  private final SimulatedResponse[] responses;
  private final ServerQueue servers;

  /**
   * The requests under way, each at a place of its own: the place that was left last is taken
   * first, so that few requests of many VUs stay where the processor has them at hand.
   */
  private final long[] underWay;

  /** By place. */
  private final TimerWheel wheel;

  /** By local slot: the place of its request, if one is under way. */
  private final int[] places;

  private final int[] freePlaces;
  private int freeCount;
  private final int[] due = new int[BATCH];
  private final RequestSyntax syntax = new RequestSyntax();

  /** By place: length of the rendered request, 0 for one that is not; empty before the first. */
  private long[] renderedBytes = new long[0];

  @SuppressWarnings("UnusedVariable") // written so that the read before it is not optimised away
  private long touched;

  private final Completion completion = new Completion();

  /**
   * @throws IllegalArgumentException if the plan has no simulation, or fewer servers than shards.
   */
  public SimulatedTransport(final Plan plan, final int shard, final int shards) {
    final Simulation simulation = plan.simulation();
    if (simulation == null) {
      throw new IllegalArgumentException("plan " + plan.name() + " has no simulation");
    }
    this.shards = shards;
    tickNs = plan.tickNs();
    servers =
        simulation.servers() == Simulation.UNLIMITED
            ? null
            : ServerQueue.share(simulation.servers(), shard, shards);
    final List<RequestPlan> requests = plan.requests();
    responses =
        requests.stream()
            .map(
                request ->
                    new SimulatedResponse(
                        simulation.responses().get(request.index()),
                        request,
                        plan.recording(),
                        tickNs))
            .toArray(SimulatedResponse[]::new);
    final int lanes = Machine.localLanes(plan, shard, shards);
    // One that was cancelled when its end was taken already keeps its place until it is handed
    // over.
    final int most = Math.addExact(lanes, BATCH);
    underWay = new long[Math.multiplyExact(most, 1 << STRIDE_BITS)];
    wheel = new TimerWheel(most);
    places = new int[lanes];
    freePlaces = new int[most];
    while (freeCount < most) {
      freePlaces[freeCount] = most - 1 - freeCount;
      freeCount++;
    }
  }

  @Override
  public void send(
      final int vu,
      final int request,
      final int requestSeq,
      final long streamKey,
      final long tick,
      final long intendedNs,
      final RenderedRequest rendered) {
    final SimulatedResponse response = responses[request];
    final int place = freePlaces[--freeCount];
    places[vu / shards] = place;
    RequestOutcome outcome = response.outcome(streamKey);
    if (rendered != null && !syntax.isValid(rendered)) {
      outcome = RequestOutcome.INVALID_REQUEST;
    }
    noteLength(place, rendered);
    final long latencyNs = response.latencyNs(streamKey);
    long endNs =
        servers != null && SimulatedResponse.reachesServer(outcome)
            ? servers.serve(intendedNs, latencyNs)
            : intendedNs + (outcome == RequestOutcome.INVALID_REQUEST ? 0 : latencyNs);
    final long timeoutNs = intendedNs + response.timeoutNs();
    if (endNs > timeoutNs || outcome == RequestOutcome.RESPONSE_TIMEOUT) {
      outcome = RequestOutcome.RESPONSE_TIMEOUT;
      endNs = timeoutNs;
    }
    // It ends in a later tick than it was sent in, so its time lies there too: a VU that goes
    // straight on would otherwise repeat itself within one tick for ever.
    endNs = Math.max(endNs, tick * tickNs + 1);
    final int index = place << STRIDE_BITS;
    underWay[index + SENT_NS] = intendedNs;
    underWay[index + END_NS] = endNs;
    underWay[index + REQUEST] = (long) requestSeq << 32 | request;
    underWay[index + OUTCOME] = (long) outcome.code() << 32 | vu;
    wheel.add(place, Math.min((endNs - 1) / tickNs + 1, TimerWheel.MAX_TICK - 1));
  }

  private void noteLength(final int place, final RenderedRequest rendered) {
    if (rendered != null) {
      if (renderedBytes.length == 0) {
        renderedBytes = new long[underWay.length >> STRIDE_BITS];
      }
      renderedBytes[place] = syntax.logicalBytes(rendered);
    } else if (renderedBytes.length > 0) {
      renderedBytes[place] = 0;
    }
  }

  /** The server goes on with a request that was given up, as a real one does. */
  @Override
  public void cancel(final int vu, final int requestSeq) {
    final int place = places[vu / shards];
    if (wheel.isSet(place) && vuAt(place) == vu) {
      wheel.remove(place);
      freePlaces[freeCount++] = place;
    }
  }

  @Override
  public int poll(final long tick, final CompletionHandler handler, final int limit) {
    wheel.advanceTo(tick);
    int total = 0;
    int count = wheel.poll(due);
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        touched += underWay[due[i] << STRIDE_BITS];
      }
      for (int i = 0; i < count; i++) {
        take(due[i]);
        handler.onCompletion(completion);
      }
      total += count;
      count = wheel.poll(due);
    }
    return total;
  }

  @Override
  public long nextTick() {
    return wheel.nextTick();
  }

  @Override
  public void close() {
    // Holds memory only.
  }

  private int vuAt(final int place) {
    return (int) underWay[(place << STRIDE_BITS) + OUTCOME];
  }

  /** Makes the completion of a request that has ended, whose place is free then. */
  private void take(final int place) {
    freePlaces[freeCount++] = place;
    final int index = place << STRIDE_BITS;
    final long request = underWay[index + REQUEST];
    final long outcome = underWay[index + OUTCOME];
    final SimulatedResponse response = responses[(int) request];
    completion.vu = (int) outcome;
    completion.outcome = RequestOutcome.of((int) (outcome >>> 32));
    completion.requestSeq = (int) (request >>> 32);
    completion.connectNs = 0;
    completion.lastByteNs = underWay[index + END_NS];
    final boolean complete = completion.outcome == RequestOutcome.RESPONSE;
    final boolean sent = SimulatedResponse.wasSent(completion.outcome);
    completion.status = complete ? response.status() : 0;
    completion.sentNs = sent ? underWay[index + SENT_NS] : Completion.NULL_TIME;
    completion.firstByteNs = complete ? completion.lastByteNs : Completion.NULL_TIME;
    completion.bytesSent = sent ? bytesSent(place, response) : 0;
    completion.bytesReceived = complete ? response.bytesReceived() : 0;
    if (complete) {
      response.showContent(completion.content);
    } else {
      completion.content.clear();
    }
  }

  private long bytesSent(final int place, final SimulatedResponse response) {
    return renderedBytes.length > 0 && renderedBytes[place] > 0
        ? renderedBytes[place]
        : response.bytesSent();
  }
}
