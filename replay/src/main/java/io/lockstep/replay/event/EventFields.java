package io.lockstep.replay.event;

import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.journal.event.ArrivalDroppedDecoder;
import io.lockstep.journal.event.CapacitySteppedDecoder;
import io.lockstep.journal.event.ConnectionsSampledDecoder;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.FlowNotedDecoder;
import io.lockstep.journal.event.GroupEndedDecoder;
import io.lockstep.journal.event.IterationEndedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.OperatorCommandedDecoder;
import io.lockstep.journal.event.RequestAbandonedDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.journal.event.RequestIssuedDecoder;
import io.lockstep.journal.event.ResourcesSampledDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import io.lockstep.journal.event.RunEndedDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import io.lockstep.journal.event.SetupValueDecoder;
import io.lockstep.journal.event.TestStoppedDecoder;
import io.lockstep.journal.event.ThresholdFailedDecoder;
import io.lockstep.journal.event.VuTransitionDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes events apart: the one place that knows which field means what. Single-threaded. */
final class EventFields {
  private static final String SCENARIO = "scenario";
  private static final String ITERATION = "iteration";
  private static final String REQUEST = "request";
  private static final String REQUEST_SEQ = "requestSeq";
  private static final String OUTCOME = "outcome";
  private static final String THRESHOLD = "threshold";

  private final EventNames names;
  private final VuContext context;
  private final ResponseFields responses;
  private final ConnectionFields connections;
  private final FailureFields failures;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RunStartedDecoder runStarted = new RunStartedDecoder();
  private final RunEndedDecoder runEnded = new RunEndedDecoder();
  private final VuTransitionDecoder transition = new VuTransitionDecoder();
  private final RequestIssuedDecoder issued = new RequestIssuedDecoder();
  private final RequestCompletedDecoder completed = new RequestCompletedDecoder();
  private final RequestAbandonedDecoder abandoned = new RequestAbandonedDecoder();
  private final ArrivalDroppedDecoder dropped = new ArrivalDroppedDecoder();
  private final IterationEndedDecoder iterationEnded = new IterationEndedDecoder();
  private final OperatorCommandedDecoder commanded = new OperatorCommandedDecoder();
  private final GroupEndedDecoder groupEnded = new GroupEndedDecoder();
  private final FlowNotedDecoder noted = new FlowNotedDecoder();
  private final TestStoppedDecoder testStopped = new TestStoppedDecoder();
  private final ResourcesSampledDecoder resources = new ResourcesSampledDecoder();
  private final ConnectionsSampledDecoder connected = new ConnectionsSampledDecoder();
  private final ContentRecordedDecoder contentRecorded = new ContentRecordedDecoder();
  private final ResponseContentDecoder responseContent = new ResponseContentDecoder();
  private final SetupValueDecoder setup = new SetupValueDecoder();
  private final UnsafeBuffer content = new UnsafeBuffer(0, 0);
  private final ThresholdFailedDecoder threshold = new ThresholdFailedDecoder();
  private final CapacitySteppedDecoder capacity = new CapacitySteppedDecoder();

  /**
   * @param context tells which request a completion belongs to; {@code null} where nobody knows
   */
  EventFields(final EventNames names, final VuContext context) {
    this.names = names;
    this.context = context;
    responses = new ResponseFields(names, context);
    connections = new ConnectionFields(names, context);
    failures = new FailureFields(names, context);
  }

  /** The fields that are the event's own, after those that all events share. */
  void decode(
      final EventKind kind, final DirectBuffer buffer, final int offset, final FieldSink to) {
    switch (kind) {
      case RUN_STARTED -> onRunStarted(runStarted.wrapAndApplyHeader(buffer, offset, header), to);
      case RUN_ENDED -> onRunEnded(runEnded.wrapAndApplyHeader(buffer, offset, header), to);
      case VU_TRANSITION -> onTransition(transition.wrapAndApplyHeader(buffer, offset, header), to);
      case REQUEST_ISSUED -> onIssued(issued.wrapAndApplyHeader(buffer, offset, header), to);
      case REQUEST_COMPLETED ->
          onCompleted(completed.wrapAndApplyHeader(buffer, offset, header), to);
      case REQUEST_ABANDONED ->
          onAbandoned(abandoned.wrapAndApplyHeader(buffer, offset, header), to);
      case ARRIVAL_DROPPED -> onDropped(dropped.wrapAndApplyHeader(buffer, offset, header), to);
      case ITERATION_ENDED ->
          onIterationEnded(iterationEnded.wrapAndApplyHeader(buffer, offset, header), to);
      case OPERATOR_COMMANDED ->
          onCommanded(commanded.wrapAndApplyHeader(buffer, offset, header), to);
      case RESOURCES_SAMPLED ->
          onResources(resources.wrapAndApplyHeader(buffer, offset, header), to);
      case CONNECTIONS_SAMPLED ->
          onConnections(connected.wrapAndApplyHeader(buffer, offset, header), to);
      case NAME_RESOLVED -> NameFields.lookup(buffer, offset, header, to);
      case PROXY_TAKEN -> NameFields.proxy(buffer, offset, header, to);
      case GENERATOR_SAMPLED -> GeneratorFields.generator(buffer, offset, header, to);
      case THREAD_SAMPLED -> GeneratorFields.thread(buffer, offset, header, to);
      case CONTENT_RECORDED ->
          onContentRecorded(contentRecorded.wrapAndApplyHeader(buffer, offset, header), to);
      case RESPONSE_CONTENT ->
          onResponseContent(responseContent.wrapAndApplyHeader(buffer, offset, header), to);
      case SETUP_VALUE -> onSetup(setup.wrapAndApplyHeader(buffer, offset, header), to);
      case THRESHOLD_FAILED ->
          onThreshold(threshold.wrapAndApplyHeader(buffer, offset, header), to);
      case GROUP_ENDED -> onGroupEnded(groupEnded.wrapAndApplyHeader(buffer, offset, header), to);
      case TEST_STOPPED ->
          onTestStopped(testStopped.wrapAndApplyHeader(buffer, offset, header), to);
      case CAPACITY_STEPPED -> onCapacity(capacity.wrapAndApplyHeader(buffer, offset, header), to);
      case HANDSHAKE_ENDED, FAILURE_EXPLAINED -> connections.decode(kind, buffer, offset, to);
      case REASON_DEFINED, FAILURE_REASONED, BODY_FAULTED ->
          failures.decode(kind, buffer, offset, to);
      case CHECKS_EVALUATED, VALUES_MISSED, REDIRECTED, CACHE_ANSWERED ->
          responses.decode(kind, buffer, offset, to);
      case FLOW_NOTED -> onNoted(noted.wrapAndApplyHeader(buffer, offset, header), to);
      default -> throw new IllegalStateException("no decoder for " + kind);
    }
  }

  private void onRunStarted(final RunStartedDecoder event, final FieldSink to) {
    to.text("transport", names.transport(event.transport()));
    to.number("shard", event.shard());
    to.number("seed", event.seed());
    to.time("tickLength", event.tickNs());
    to.number("shards", event.shards());
    to.number("vus", event.vus());
    final byte[] digest = new byte[RunStartedDecoder.planDigestLength()];
    for (int i = 0; i < digest.length; i++) {
      digest[i] = (byte) event.planDigest(i);
    }
    to.text("planDigest", HexFormat.of().formatHex(digest));
    if (event.rules() != RunStartedDecoder.rulesNullValue()) {
      to.number("rules", event.rules());
    }
  }

  private void onRunEnded(final RunEndedDecoder event, final FieldSink to) {
    to.text(OUTCOME, names.runOutcome(event.outcome()));
    to.number("shard", event.shard());
    to.text("generation", hex(event.generationHigh()) + hex(event.generationLow()));
    to.number("iterations", event.iterations());
    to.time("ended", event.endedNs());
  }

  private void onTransition(final VuTransitionDecoder event, final FieldSink to) {
    to.text("from", names.state(event.fromState()));
    to.text("to", names.state(event.toState()));
    reserved(event.reserved(), to);
  }

  private void onIssued(final RequestIssuedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number(ITERATION, event.iteration());
    to.text(REQUEST, names.request(event.request()));
    to.number(REQUEST_SEQ, event.requestSeq());
    to.number("attempt", event.attempt());
    to.time("intended", event.intendedNs());
    to.text("digest", hex(event.requestDigest()));
    final String trace =
        names.trace(event.scenario(), event.request(), event.vu(), event.iteration());
    if (trace != null) {
      to.text("trace", trace);
    }
  }

  private void onCompleted(final RequestCompletedDecoder event, final FieldSink to) {
    if (context != null) {
      final long request = context.request(event.vu(), event.requestSeq());
      to.text(REQUEST, request == VuContext.NONE ? "?" : names.request((int) request));
    }
    to.number(REQUEST_SEQ, event.requestSeq());
    to.text(OUTCOME, names.requestOutcome(event.outcome()));
    to.number("status", event.status());
    to.time("connect", event.connectNs());
    to.time("sent", event.sentNs());
    to.time("firstByte", event.firstByteNs());
    to.time("lastByte", event.lastByteNs());
    to.number("bytesSent", event.bytesSent());
    to.number("bytesReceived", event.bytesReceived());
    if (event.handedNs() != RequestCompletedDecoder.handedNsNullValue()) {
      to.time("handed", event.handedNs());
    }
  }

  private void onAbandoned(final RequestAbandonedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.text(REQUEST, names.request(event.request()));
    to.number(REQUEST_SEQ, event.requestSeq());
    to.text(OUTCOME, names.requestOutcome(event.outcome()));
  }

  private void onDropped(final ArrivalDroppedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number("arrival", event.arrival());
    reserved(event.reserved(), to);
  }

  private void onIterationEnded(final IterationEndedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number(ITERATION, event.iteration());
    to.text(OUTCOME, names.iterationOutcome(event.outcome()));
    to.time("started", event.startedNs());
    to.time("ended", event.endedNs());
  }

  private void onGroupEnded(final GroupEndedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number(ITERATION, event.iteration());
    to.text("group", names.group(event.group()));
    to.text(OUTCOME, names.iterationOutcome(event.outcome()));
    to.time("started", event.startedNs());
    to.time("ended", event.endedNs());
    reserved(event.reserved(), to);
  }

  private void onTestStopped(final TestStoppedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number(ITERATION, event.iteration());
    reserved(event.reserved(), to);
  }

  private void onNoted(final FlowNotedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number(ITERATION, event.iteration());
    to.text("kind", names.note(event.kind()));
    final byte[] text = new byte[FlowNotedDecoder.textLength()];
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) event.text(i);
      length = text[i] == 0 ? length : i + 1;
    }
    to.text("text", new String(text, 0, length, StandardCharsets.UTF_8));
  }

  private void onCommanded(final OperatorCommandedDecoder event, final FieldSink to) {
    to.text("command", names.command(event.command()));
    to.time("at", event.atNs());
    if (event.argument() == OperatorCommandedDecoder.argumentNullValue()) {
      reserved(event.scenario(), to);
    } else if (event.command() == OperatorCommand.THRESHOLD.code()) {
      reserved(event.scenario(), to);
      to.text(THRESHOLD, names.threshold((int) event.argument()));
    } else {
      to.text(SCENARIO, names.scenario(event.scenario()));
      to.number("argument", event.argument());
    }
  }

  private void onCapacity(final CapacitySteppedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number("rate", event.rate());
    to.text("verdict", names.capacityVerdict(event.verdict()));
    to.number("responses", event.responses());
    to.number("slow", event.slow());
    to.number("requests", event.requests());
    to.number("errors", event.errors());
    to.number("dropped", event.dropped());
  }

  private void onResources(final ResourcesSampledDecoder event, final FieldSink to) {
    to.number("cores", event.cores());
    to.time("wall", event.wallNs());
    to.time("processCpu", event.processCpuNs());
    to.time("engineCpu", event.engineCpuNs());
    to.number("gcCount", event.gcCount());
    to.time("gc", event.gcNs());
    to.time("journalStall", event.journalStallNs());
    to.time("queueStall", event.queueStallNs());
    to.time("maxCycle", event.maxCycleNs());
    to.time("busiestCpu", event.busiestCpuNs());
    reserved(event.reserved(), to);
  }

  private void onConnections(final ConnectionsSampledDecoder event, final FieldSink to) {
    to.number("opened", event.opened());
    to.number("ahead", event.ahead());
    to.number("failedAhead", event.failedAhead());
    to.number("closedIdle", event.closedIdle());
    to.number("retired", event.retired());
    to.number("strays", event.strays());
    to.number("handshakesAhead", event.handshakesAhead());
    reserved(event.reserved() | event.unused(), to);
  }

  private void onContentRecorded(final ContentRecordedDecoder event, final FieldSink to) {
    to.text("content", hex(event.hashHigh()) + hex(event.hashLow()));
    to.number("generation", event.generation());
    to.number("length", event.contentLength());
    to.number("offset", event.partOffset());
    reserved(event.reserved(), to);
    event.wrapBytes(content);
    to.number("bytes", content.capacity());
    to.text("text", ContentText.excerpt(content));
  }

  private void onResponseContent(final ResponseContentDecoder event, final FieldSink to) {
    if (context != null) {
      final long request = context.request(event.vu(), event.requestSeq());
      to.text(REQUEST, request == VuContext.NONE ? "?" : names.request((int) request));
    }
    to.number(REQUEST_SEQ, event.requestSeq());
    to.text("kept", EventNames.kept(event.flags()));
    to.number("headLength", event.headLength());
    to.text("head", hex(event.headHashHigh()) + hex(event.headHashLow()));
    to.number("bodyLength", event.bodyLength());
    to.number("keptLength", event.keptLength());
    to.text("body", hex(event.bodyHashHigh()) + hex(event.bodyHashLow()));
    reserved(event.reserved(), to);
    reserved(event.reserved2(), to);
  }

  private void onSetup(final SetupValueDecoder event, final FieldSink to) {
    to.text("value", names.setupValue(event.value()));
    to.text("kind", EventNames.valueKind(event.kind()));
    to.number("length", event.length());
    to.number("offset", event.partOffset());
    final int left = event.length() - event.partOffset();
    content.wrap(
        event.buffer(),
        event.offset() + SetupValueDecoder.bytesEncodingOffset(),
        Math.max(0, Math.min(SetupValueDecoder.bytesLength(), left)));
    to.text("text", EventNames.value(event.kind(), left, content));
  }

  private void onThreshold(final ThresholdFailedDecoder event, final FieldSink to) {
    to.text(THRESHOLD, names.threshold(event.threshold()));
    to.time("at", event.atNs());
    reserved(event.reserved(), to);
  }

  /** Zero in every journal we write; shown where it is not, so that no difference stays unseen. */
  private static void reserved(final int value, final FieldSink to) {
    if (value != 0) {
      to.number("reserved", value);
    }
  }

  private static String hex(final long value) {
    return HexFormat.of().toHexDigits(value);
  }
}
