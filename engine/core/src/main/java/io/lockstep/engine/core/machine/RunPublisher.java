package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.CapacityStep;
import io.lockstep.engine.core.metric.Resources;
import io.lockstep.engine.core.port.ConnectionCounts;
import io.lockstep.journal.event.CapacitySteppedEncoder;
import io.lockstep.journal.event.ConnectionsSampledEncoder;
import io.lockstep.journal.event.OperatorCommandedEncoder;
import io.lockstep.journal.event.ResourcesSampledEncoder;
import io.lockstep.journal.event.RunEndedEncoder;
import io.lockstep.journal.event.RunStartedEncoder;
import io.lockstep.journal.event.SetupValueEncoder;
import io.lockstep.journal.event.ThresholdFailedEncoder;
import java.util.Arrays;
import java.util.HexFormat;

/** Encodes the events of a run as a whole: its beginning and end, and what steers it. */
final class RunPublisher {
  /** A command without an argument, as in version 1. */
  private static final int PLAIN_COMMAND_LENGTH = OperatorCommandedEncoder.argumentEncodingOffset();

  /** A start without rules, as in version 1. */
  private static final int PLAIN_START_LENGTH = RunStartedEncoder.rulesEncodingOffset();

  private final EventWriter events;
  private final OperatorCommandedEncoder commanded = new OperatorCommandedEncoder();
  private final ResourcesSampledEncoder resources = new ResourcesSampledEncoder();
  private final SetupValueEncoder setup = new SetupValueEncoder();

  RunPublisher(final EventWriter events) {
    this.events = events;
  }

  /**
   * @param rules {@link Rules#FIRST} has no place in the event
   */
  void runStarted(
      final TransportKind kind,
      final int shard,
      final int shards,
      final int vus,
      final long seed,
      final long tickNs,
      final String planDigest,
      final Rules rules) {
    final boolean plain = rules == Rules.FIRST;
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            plain ? PLAIN_START_LENGTH : RunStartedEncoder.BLOCK_LENGTH,
            RunStartedEncoder.TEMPLATE_ID,
            plain ? EventWriter.VERSION_1 : EventWriter.VERSION_5);
    final RunStartedEncoder started = new RunStartedEncoder();
    started
        .wrap(events.buffer(), offset)
        .transport((short) kind.code())
        .shard(shard)
        .seed(seed)
        .tickNs(tickNs)
        .shards(shards)
        .vus(vus)
        .putPlanDigest(
            HexFormat.of().parseHex(planDigest), 0, RunStartedEncoder.planDigestLength());
    if (!plain) {
      started.rules(rules.code());
    }
  }

  void runEnded(
      final RunOutcome outcome,
      final int shard,
      final GenerationDigest digest,
      final long endedNs) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            RunEndedEncoder.BLOCK_LENGTH,
            RunEndedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    new RunEndedEncoder()
        .wrap(events.buffer(), offset)
        .outcome((short) outcome.code())
        .shard(shard)
        .generationLow(digest.low())
        .generationHigh(digest.high())
        .iterations(digest.iterations())
        .endedNs(endedNs);
  }

  void operatorCommanded(final OperatorCommand command, final long atNs) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            PLAIN_COMMAND_LENGTH,
            OperatorCommandedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    commanded.wrap(events.buffer(), offset).command((short) command.code()).scenario(0).atNs(atNs);
  }

  /** As long as a command that has an argument: version 2 of the event. */
  void operatorCommanded(
      final OperatorCommand command, final int scenario, final long argument, final long atNs) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            OperatorCommandedEncoder.BLOCK_LENGTH,
            OperatorCommandedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_2);
    commanded
        .wrap(events.buffer(), offset)
        .command((short) command.code())
        .scenario(scenario)
        .atNs(atNs)
        .argument(argument);
  }

  void capacityStepped(final CapacityStep step) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            CapacitySteppedEncoder.BLOCK_LENGTH,
            CapacitySteppedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_2);
    new CapacitySteppedEncoder()
        .wrap(events.buffer(), offset)
        .verdict((short) step.verdict().code())
        .scenario(step.scenario())
        .rate(step.rate())
        .responses(step.responses())
        .slow(step.slow())
        .requests(step.requests())
        .errors(step.errors())
        .dropped(step.dropped());
  }

  void resourcesSampled(final Resources sample) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            ResourcesSampledEncoder.BLOCK_LENGTH,
            ResourcesSampledEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    resources
        .wrap(events.buffer(), offset)
        .reserved((short) 0)
        .cores(sample.cores())
        .wallNs(sample.wallNs())
        .processCpuNs(sample.processCpuNs())
        .engineCpuNs(sample.engineCpuNs())
        .gcCount(sample.gcCount())
        .gcNs(sample.gcNs())
        .journalStallNs(sample.journalStallNs())
        .queueStallNs(sample.queueStallNs())
        .maxCycleNs(sample.maxCycleNs())
        .busiestCpuNs(sample.busiestCpuNs());
  }

  /** Once in a run. */
  void connectionsSampled(final ConnectionCounts counts) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            ConnectionsSampledEncoder.BLOCK_LENGTH,
            ConnectionsSampledEncoder.TEMPLATE_ID,
            EventWriter.VERSION_4);
    new ConnectionsSampledEncoder()
        .wrap(events.buffer(), offset)
        .reserved((short) 0)
        .unused(0)
        .opened(counts.opened())
        .ahead(counts.ahead())
        .failedAhead(counts.failedAhead())
        .closedIdle(counts.closedIdle())
        .retired(counts.retired())
        .strays(counts.strays())
        .handshakesAhead(counts.handshakesAhead());
  }

  /** Rare: it ends the run. */
  void thresholdFailed(final int threshold, final long atNs) {
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            ThresholdFailedEncoder.BLOCK_LENGTH,
            ThresholdFailedEncoder.TEMPLATE_ID,
            EventWriter.VERSION_1);
    new ThresholdFailedEncoder()
        .wrap(events.buffer(), offset)
        .reserved((short) 0)
        .threshold(threshold)
        .atNs(atNs);
  }

  /**
   * A part of a value that the setup has left.
   *
   * @param bytes whose first {@code count} are the part; the rest becomes zero
   */
  void setupValue(
      final int index,
      final int code,
      final int length,
      final int at,
      final byte[] bytes,
      final int count) {
    Arrays.fill(bytes, count, bytes.length, (byte) 0);
    final int offset =
        events.begin(
            EventWriter.NO_VU,
            SetupValueEncoder.BLOCK_LENGTH,
            SetupValueEncoder.TEMPLATE_ID,
            EventWriter.VERSION_4);
    setup
        .wrap(events.buffer(), offset)
        .kind((short) code)
        .value(index)
        .length(length)
        .partOffset(at)
        .putBytes(bytes, 0, bytes.length);
  }
}
