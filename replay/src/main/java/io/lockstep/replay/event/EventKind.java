package io.lockstep.replay.event;

import io.lockstep.journal.event.ArrivalDroppedDecoder;
import io.lockstep.journal.event.BodyFaultedDecoder;
import io.lockstep.journal.event.CacheAnsweredDecoder;
import io.lockstep.journal.event.CapacitySteppedDecoder;
import io.lockstep.journal.event.ChecksEvaluatedDecoder;
import io.lockstep.journal.event.ConnectionsSampledDecoder;
import io.lockstep.journal.event.ContentRecordedDecoder;
import io.lockstep.journal.event.FailureExplainedDecoder;
import io.lockstep.journal.event.FailureReasonedDecoder;
import io.lockstep.journal.event.FlowNotedDecoder;
import io.lockstep.journal.event.GeneratorSampledDecoder;
import io.lockstep.journal.event.GroupEndedDecoder;
import io.lockstep.journal.event.HandshakeEndedDecoder;
import io.lockstep.journal.event.IterationEndedDecoder;
import io.lockstep.journal.event.NameResolvedDecoder;
import io.lockstep.journal.event.OperatorCommandedDecoder;
import io.lockstep.journal.event.ProxyTakenDecoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import io.lockstep.journal.event.RedirectedDecoder;
import io.lockstep.journal.event.RequestAbandonedDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.journal.event.RequestIssuedDecoder;
import io.lockstep.journal.event.ResourcesSampledDecoder;
import io.lockstep.journal.event.ResponseContentDecoder;
import io.lockstep.journal.event.RunEndedDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import io.lockstep.journal.event.SetupValueDecoder;
import io.lockstep.journal.event.TestStoppedDecoder;
import io.lockstep.journal.event.ThreadSampledDecoder;
import io.lockstep.journal.event.ThresholdFailedDecoder;
import io.lockstep.journal.event.ValuesMissedDecoder;
import io.lockstep.journal.event.VuTransitionDecoder;
import java.util.Locale;

/** The kinds of event of this schema version. */
public enum EventKind {
  /** First event of a shard. */
  RUN_STARTED(RunStartedDecoder.TEMPLATE_ID, RunStartedDecoder.BLOCK_LENGTH),
  /** Last event of a shard whose run was ended properly. */
  RUN_ENDED(RunEndedDecoder.TEMPLATE_ID, RunEndedDecoder.BLOCK_LENGTH),
  /** A VU went from one state to the next. */
  VU_TRANSITION(VuTransitionDecoder.TEMPLATE_ID, VuTransitionDecoder.BLOCK_LENGTH),
  /** A request was handed to the transport. */
  REQUEST_ISSUED(RequestIssuedDecoder.TEMPLATE_ID, RequestIssuedDecoder.BLOCK_LENGTH),
  /** Input: a request ended, well or not. */
  REQUEST_COMPLETED(RequestCompletedDecoder.TEMPLATE_ID, RequestCompletedDecoder.BLOCK_LENGTH),
  /** The machine gave a request up. */
  REQUEST_ABANDONED(RequestAbandonedDecoder.TEMPLATE_ID, RequestAbandonedDecoder.BLOCK_LENGTH),
  /** An arrival found no free VU. */
  ARRIVAL_DROPPED(ArrivalDroppedDecoder.TEMPLATE_ID, ArrivalDroppedDecoder.BLOCK_LENGTH),
  /** An iteration ended. */
  ITERATION_ENDED(IterationEndedDecoder.TEMPLATE_ID, IterationEndedDecoder.BLOCK_LENGTH),
  /** Input: an operator's command. */
  OPERATOR_COMMANDED(OperatorCommandedDecoder.TEMPLATE_ID, OperatorCommandedDecoder.BLOCK_LENGTH),
  /** Input: what the generator itself used. */
  RESOURCES_SAMPLED(ResourcesSampledDecoder.TEMPLATE_ID, ResourcesSampledDecoder.BLOCK_LENGTH),
  /** Input: a part of a response's head or body. */
  CONTENT_RECORDED(ContentRecordedDecoder.TEMPLATE_ID, ContentRecordedDecoder.BLOCK_LENGTH),
  /** Input: what was kept of the response that ends next. */
  RESPONSE_CONTENT(ResponseContentDecoder.TEMPLATE_ID, ResponseContentDecoder.BLOCK_LENGTH),
  /** Input: a part of a value that the setup has left. */
  SETUP_VALUE(SetupValueDecoder.TEMPLATE_ID, SetupValueDecoder.BLOCK_LENGTH),
  /** A threshold ended the run. */
  THRESHOLD_FAILED(ThresholdFailedDecoder.TEMPLATE_ID, ThresholdFailedDecoder.BLOCK_LENGTH),
  /** A group of an iteration ended. */
  GROUP_ENDED(GroupEndedDecoder.TEMPLATE_ID, GroupEndedDecoder.BLOCK_LENGTH),
  /** A flow asked for the end of the test. */
  TEST_STOPPED(TestStoppedDecoder.TEMPLATE_ID, TestStoppedDecoder.BLOCK_LENGTH),
  /** A step of a capacity search ended. */
  CAPACITY_STEPPED(CapacitySteppedDecoder.TEMPLATE_ID, CapacitySteppedDecoder.BLOCK_LENGTH),
  /** The checks of a request were made. */
  CHECKS_EVALUATED(ChecksEvaluatedDecoder.TEMPLATE_ID, ChecksEvaluatedDecoder.BLOCK_LENGTH),
  /** Extractions of a request found nothing. */
  VALUES_MISSED(ValuesMissedDecoder.TEMPLATE_ID, ValuesMissedDecoder.BLOCK_LENGTH),
  /** A response was a redirect. */
  REDIRECTED(RedirectedDecoder.TEMPLATE_ID, RedirectedDecoder.BLOCK_LENGTH),
  /** A VU had what it asked for. */
  CACHE_ANSWERED(CacheAnsweredDecoder.TEMPLATE_ID, CacheAnsweredDecoder.BLOCK_LENGTH),
  /** Input: the connection of the request that ends next was secured, or was to be. */
  HANDSHAKE_ENDED(HandshakeEndedDecoder.TEMPLATE_ID, HandshakeEndedDecoder.BLOCK_LENGTH),
  /** Input: why the request that ends next failed. */
  FAILURE_EXPLAINED(FailureExplainedDecoder.TEMPLATE_ID, FailureExplainedDecoder.BLOCK_LENGTH),
  /** Input: a reason of failures, and its number. */
  REASON_DEFINED(ReasonDefinedDecoder.TEMPLATE_ID, ReasonDefinedDecoder.BLOCK_LENGTH),
  /** Input: how far the request had come, and why it failed, that ends next. */
  FAILURE_REASONED(FailureReasonedDecoder.TEMPLATE_ID, FailureReasonedDecoder.BLOCK_LENGTH),
  /** Input: the coding of a body that something looked at is wrong. */
  BODY_FAULTED(BodyFaultedDecoder.TEMPLATE_ID, BodyFaultedDecoder.BLOCK_LENGTH),
  /** Input: what became of connections. */
  CONNECTIONS_SAMPLED(
      ConnectionsSampledDecoder.TEMPLATE_ID, ConnectionsSampledDecoder.BLOCK_LENGTH),
  /** Input: what held the generator up. */
  GENERATOR_SAMPLED(GeneratorSampledDecoder.TEMPLATE_ID, GeneratorSampledDecoder.BLOCK_LENGTH),
  /** Input: what a thread of the generator used. */
  THREAD_SAMPLED(ThreadSampledDecoder.TEMPLATE_ID, ThreadSampledDecoder.BLOCK_LENGTH),
  /** Input: what came of looking a name up. */
  NAME_RESOLVED(NameResolvedDecoder.TEMPLATE_ID, NameResolvedDecoder.BLOCK_LENGTH),
  /** Input: connections go through a proxy. */
  PROXY_TAKEN(ProxyTakenDecoder.TEMPLATE_ID, ProxyTakenDecoder.BLOCK_LENGTH),
  /** A flow logged a text, or could not go on. */
  FLOW_NOTED(FlowNotedDecoder.TEMPLATE_ID, FlowNotedDecoder.BLOCK_LENGTH);

  private static final EventKind[] BY_TEMPLATE = new EventKind[256];

  static {
    for (final EventKind kind : values()) {
      BY_TEMPLATE[kind.templateId] = kind;
    }
  }

  private final int templateId;
  private final int blockLength;
  private final String key;

  EventKind(final int templateId, final int blockLength) {
    this.templateId = templateId;
    this.blockLength = blockLength;
    this.key = name().toLowerCase(Locale.ROOT);
  }

  /** As in the schema. */
  public int templateId() {
    return templateId;
  }

  /** Bytes of its fields in this schema version. */
  public int blockLength() {
    return blockLength;
  }

  /** The name in text and JSON. */
  public String key() {
    return key;
  }

  /** Bytes of its fields in the oldest form that is still written. */
  int leastLength() {
    return switch (this) {
      case RUN_STARTED -> RunStartedDecoder.rulesEncodingOffset();
      case OPERATOR_COMMANDED -> OperatorCommandedDecoder.argumentEncodingOffset();
      case REQUEST_COMPLETED -> RequestCompletedDecoder.handedNsEncodingOffset();
      default -> blockLength;
    };
  }

  /** Whether it came from outside the machine. */
  public boolean isInput() {
    return this == REQUEST_COMPLETED
        || this == RESPONSE_CONTENT
        || this == CONTENT_RECORDED
        || this == SETUP_VALUE
        || this == HANDSHAKE_ENDED
        || this == FAILURE_EXPLAINED
        || this == REASON_DEFINED
        || this == FAILURE_REASONED
        || this == BODY_FAULTED
        || this == OPERATOR_COMMANDED
        || this == CONNECTIONS_SAMPLED
        || this == NAME_RESOLVED
        || this == PROXY_TAKEN
        || this == GENERATOR_SAMPLED
        || this == THREAD_SAMPLED
        || this == RESOURCES_SAMPLED;
  }

  /** The kind of a template id, 0 to 255; {@code null} where this version knows none. */
  public static EventKind of(final int templateId) {
    return BY_TEMPLATE[templateId];
  }
}
