package io.lockstep.replay.shard;

import io.lockstep.engine.core.machine.GenerationDigest;
import io.lockstep.engine.core.machine.Machine;
import io.lockstep.engine.core.machine.Rules;
import io.lockstep.engine.core.machine.RunOutcome;
import io.lockstep.engine.core.machine.Surroundings;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.RunEndedDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import io.lockstep.replay.event.EventKind;
import io.lockstep.replay.event.EventNames;
import io.lockstep.replay.event.EventText;
import io.lockstep.replay.event.EventView;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Re-executes the machine of one shard on its recording: no network, no clock. Recorded inputs are
 * given to the machine in the tick in which they were admitted; all else it must write by itself,
 * and does so into a {@link RecordingWindow} that compares each byte. Lives on one thread, is used
 * once, and holds a bounded number of blocks whatever the length of the recording.
 */
public final class ShardReplay implements AutoCloseable {
  private final Plan plan;
  private final int shard;
  private final Surroundings around;
  private final BlockFeed feed;
  private final RecordingWindow window;
  private final BlockWriter writer;
  private final InputDecoder inputs = new InputDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private Consumer<MetricsTracker> sliced = metrics -> {};
  private Machine machine;
  private RunOutcome outcome;

  /** Of a plan that has neither data nor a time of its own; see the other constructor. */
  public ShardReplay(
      final Plan plan, final int shard, final BlockSource source, final boolean prefetch) {
    this(plan, Surroundings.NONE, shard, source, prefetch);
  }

  /**
   * @param plan as it was run, seed included
   * @param around what the machine had besides, but for secrets
   * @param shard which
   * @param source of its recording; closed with this
   * @param prefetch whether to read and verify on a thread of its own
   */
  public ShardReplay(
      final Plan plan,
      final Surroundings around,
      final int shard,
      final BlockSource source,
      final boolean prefetch) {
    this.around = around;
    this.plan = plan;
    this.shard = shard;
    feed = prefetch ? new PrefetchFeed(source, "replay-reader-" + shard) : new InlineFeed(source);
    final Block output = new Block();
    window = new RecordingWindow(feed, new EventText(new EventNames(plan)), output);
    writer = new BlockWriter(window, output);
  }

  /**
   * Whom to tell, on the thread that replays, when samples wait to be judged together with those of
   * the other shards; before {@link #run}.
   */
  public void whenSliced(final Consumer<MetricsTracker> listener) {
    sliced = listener;
  }

  /** Replays to the end of the recording or to the first difference. */
  public ShardResult run() {
    if (!window.open()) {
      return result(feed.damage() == null ? ReplayVerdict.TRUNCATED : ReplayVerdict.DAMAGED, null);
    }
    if (window.firstKind() != EventKind.RUN_STARTED) {
      return result(ReplayVerdict.DIVERGED, window.missing("run_started comes first"));
    }
    final Mismatch mismatch = replay();
    if (mismatch != null) {
      return result(ReplayVerdict.DIVERGED, mismatch);
    }
    if (feed.damage() != null) {
      return result(ReplayVerdict.DAMAGED, null);
    }
    return result(window.isWhole() ? ReplayVerdict.IDENTICAL : ReplayVerdict.TRUNCATED, null);
  }

  private Mismatch replay() {
    try {
      start();
      do {
        while (window.findInput()) {
          onInput();
        }
        settle();
        if (machine.metrics().hasSlices()) {
          sliced.accept(machine.metrics());
        }
      } while (window.nextSearchBlock());
      return null;
    } catch (final DivergedException e) {
      return e.mismatch();
    } catch (final IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      return failed(e);
    }
  }

  /** The machine threw: if what it wrote before differs, that is the cause; else it is the news. */
  private Mismatch failed(final RuntimeException failure) {
    try {
      writer.flush();
    } catch (final DivergedException e) {
      return e.mismatch();
    }
    return window.missing("the machine failed: " + failure);
  }

  private void start() {
    final RunStartedDecoder started =
        new RunStartedDecoder()
            .wrapAndApplyHeader(window.inputBuffer(), window.inputOffset(), header);
    final TransportKind kind = TransportKind.of(started.transport());
    machine =
        new Machine(plan, shard, started.shards(), kind, new ReplayTransport(), writer, around);
    final long rules = started.rules();
    machine.start(rules == RunStartedDecoder.rulesNullValue() ? Rules.FIRST : Rules.of(rules));
  }

  private void onInput() {
    final DirectBuffer buffer = window.inputBuffer();
    final int offset = window.inputOffset();
    final int templateId = EventView.templateAt(buffer, offset);
    final long tick = EventView.tickAt(buffer, offset);
    window.passInput();
    advanceThrough(tick - 1);
    if (templateId == RunEndedDecoder.TEMPLATE_ID) {
      onRunEnded(buffer, offset, tick);
    } else {
      inputs.give(templateId, buffer, offset, machine);
    }
  }

  private void onRunEnded(final DirectBuffer buffer, final int offset, final long tick) {
    final int code = new RunEndedDecoder().wrapAndApplyHeader(buffer, offset, header).outcome();
    advanceThrough(tick);
    if (machine.isComplete() && outcome == null) {
      machine.conclude();
    }
    writer.flush();
    if (!window.isEqualToSearch()) {
      throw new DivergedException(window.missing(Mismatch.NOTHING_MORE));
    }
    outcome = RunOutcome.of(code);
  }

  /** Lets the machine do all that the searched part of the recording covers, and compares it. */
  private void settle() {
    advanceThrough(window.searchedThroughTick());
    writer.flush();
    while (!window.isEqualToSearch()) {
      final long next = machine.nextTick();
      if (next == Transport.NULL_TICK || machine.isComplete()) {
        throw new DivergedException(window.missing(Mismatch.NOTHING_MORE));
      }
      machine.advance(next);
      writer.flush();
    }
  }

  private void advanceThrough(final long tick) {
    if (tick >= machine.openTick()) {
      machine.advance(tick);
    }
  }

  private ShardResult result(final ReplayVerdict verdict, final Mismatch mismatch) {
    return new ShardResult(
        shard,
        verdict,
        mismatch == null ? window.events() : mismatch.eventIndex(),
        writer.bytes(),
        mismatch,
        note(verdict),
        outcome,
        machine == null ? GenerationDigest.EMPTY : machine.generationDigest(),
        machine == null ? null : machine.metrics(),
        machine == null ? List.of() : machine.given(),
        machine == null ? List.of() : machine.values());
  }

  private String note(final ReplayVerdict verdict) {
    return switch (verdict) {
      case DAMAGED -> feed.damage();
      case TRUNCATED ->
          window.events() == 0
              ? "the journal of shard " + shard + " holds no event"
              : String.format(
                  Locale.ROOT,
                  "the journal of shard %d ends after %,d events, in tick %,d, without run_ended",
                  shard,
                  window.events(),
                  window.lastTick());
      default -> "";
    };
  }

  @Override
  public void close() {
    feed.close();
  }
}
