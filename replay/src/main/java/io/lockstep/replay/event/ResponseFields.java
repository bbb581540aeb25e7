package io.lockstep.replay.event;

import io.lockstep.journal.event.CacheAnsweredDecoder;
import io.lockstep.journal.event.ChecksEvaluatedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.RedirectedDecoder;
import io.lockstep.journal.event.ValuesMissedDecoder;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;

/** Takes the events about what the machine makes of responses apart. Single-threaded. */
final class ResponseFields {
  private static final String SCENARIO = "scenario";
  private static final String REQUEST = "request";
  private static final String REQUEST_SEQ = "requestSeq";
  private static final String NONE = "none";

  private final EventNames names;
  private final VuContext context;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final ChecksEvaluatedDecoder checks = new ChecksEvaluatedDecoder();
  private final ValuesMissedDecoder values = new ValuesMissedDecoder();
  private final RedirectedDecoder redirected = new RedirectedDecoder();
  private final CacheAnsweredDecoder cached = new CacheAnsweredDecoder();

  ResponseFields(final EventNames names, final VuContext context) {
    this.names = names;
    this.context = context;
  }

  void decode(
      final EventKind kind, final DirectBuffer buffer, final int offset, final FieldSink to) {
    switch (kind) {
      case CHECKS_EVALUATED -> onChecks(checks.wrapAndApplyHeader(buffer, offset, header), to);
      case VALUES_MISSED -> onValues(values.wrapAndApplyHeader(buffer, offset, header), to);
      case REDIRECTED -> onRedirected(redirected.wrapAndApplyHeader(buffer, offset, header), to);
      case CACHE_ANSWERED -> onCached(cached.wrapAndApplyHeader(buffer, offset, header), to);
      default -> throw new IllegalStateException("no decoder for " + kind);
    }
  }

  private void onChecks(final ChecksEvaluatedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.text(REQUEST, names.request(event.request()));
    to.number(REQUEST_SEQ, event.requestSeq());
    to.number("made", event.made());
    to.text("failed", list(event.failed(), bit -> names.check(event.request(), bit)));
  }

  private void onValues(final ValuesMissedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.text(REQUEST, names.request(event.request()));
    to.number(REQUEST_SEQ, event.requestSeq());
    to.number("made", event.made());
    to.text("missed", list(event.missed(), bit -> names.extraction(event.request(), bit)));
  }

  private void onRedirected(final RedirectedDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    if (context != null) {
      final long request = context.request(event.vu(), event.requestSeq());
      to.text(REQUEST, request == VuContext.NONE ? "?" : names.request((int) request));
    }
    to.number(REQUEST_SEQ, event.requestSeq());
    to.text("turn", names.turn(event.turn()));
    to.number("hop", event.hop());
  }

  private void onCached(final CacheAnsweredDecoder event, final FieldSink to) {
    to.text(SCENARIO, names.scenario(event.scenario()));
    to.number("iteration", event.iteration());
    to.text(REQUEST, names.request(event.request()));
    to.number(REQUEST_SEQ, event.requestSeq());
    to.text("how", EventNames.cacheAnswer(event.how()));
    to.time("at", event.atNs());
    to.text("digest", HexFormat.of().toHexDigits(event.requestDigest()));
  }

  /** The names of the bits that are set. */
  private static String list(final long bits, final IntFunction<String> name) {
    final StringJoiner joined = new StringJoiner(", ", "[", "]");
    for (long left = bits; left != 0; left &= left - 1) {
      joined.add(name.apply(Long.numberOfTrailingZeros(left)));
    }
    return bits == 0 ? NONE : joined.toString();
  }
}
