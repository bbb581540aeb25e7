package io.lockstep.replay.event;

import io.lockstep.journal.event.IterationEndedDecoder;
import io.lockstep.journal.event.MessageHeaderDecoder;
import io.lockstep.journal.event.ReasonDefinedDecoder;
import io.lockstep.journal.event.RequestAbandonedDecoder;
import io.lockstep.journal.event.RequestCompletedDecoder;
import io.lockstep.journal.event.RequestIssuedDecoder;
import io.lockstep.journal.event.RunStartedDecoder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What each VU is at, from the events so far: many events name neither the request nor the
 * iteration that they belong to. Holds 16 bytes per VU, whatever the length of the journal, some
 * more for each request that has others of its VU beside it, and the reasons of failures.
 */
public final class VuContext {
  /** Where nothing is known. */
  public static final long NONE = -1;

  /** Stands for the iteration of a VU that is in none; those below 0 are what it does once. */
  public static final long NO_ITERATION = Long.MIN_VALUE;

  private static final int FIRST_SIZE = 1024;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RequestIssuedDecoder issued = new RequestIssuedDecoder();
  private final RequestCompletedDecoder completed = new RequestCompletedDecoder();
  private final RequestAbandonedDecoder abandoned = new RequestAbandonedDecoder();

  /** VUs whose last request has not ended. */
  private final BitSet isOpen = new BitSet();

  private final RunStartedDecoder started = new RunStartedDecoder();
  private final ReasonDefinedDecoder defined = new ReasonDefinedDecoder();

  /** Texts of reasons, by shard and number; a shard has a bounded number of them. */
  private final Map<Long, String> reasons = new HashMap<>();

  private int shards = 1;

  /** Requests under way that are not the last of their VU, by VU and number. */
  private final Map<Long, Integer> beside = new HashMap<>();

  private int[] requests = new int[0];
  private int[] requestSeqs = new int[0];
  private long[] iterations = new long[0];

  /** Takes an event in, before it is shown: from its first request on, a VU is in an iteration. */
  public void before(final EventView event) {
    if (event.templateId() == RunStartedDecoder.TEMPLATE_ID) {
      shards =
          Math.max(1, started.wrapAndApplyHeader(event.buffer(), event.offset(), header).shards());
    } else if (event.templateId() == ReasonDefinedDecoder.TEMPLATE_ID && event.vu() >= 0) {
      defined.wrapAndApplyHeader(event.buffer(), event.offset(), header);
      reasons.put(key(event.vu() % shards, defined.reason()), FailureFields.text(defined));
    }
    if (event.templateId() != RequestIssuedDecoder.TEMPLATE_ID || event.vu() < 0) {
      return;
    }
    issued.wrapAndApplyHeader(event.buffer(), event.offset(), header);
    reserve(event.vu());
    if (requestSeqs[event.vu()] != 0 && isOpen.get(event.vu())) {
      beside.put(key(event.vu(), requestSeqs[event.vu()]), requests[event.vu()]);
    }
    isOpen.set(event.vu());
    requests[event.vu()] = issued.request();
    requestSeqs[event.vu()] = issued.requestSeq();
    iterations[event.vu()] = issued.iteration();
  }

  /** Takes an event in, after it was shown: a VU whose iteration has ended is in none. */
  public void after(final EventView event) {
    final int vu = event.vu();
    if (event.templateId() == RequestCompletedDecoder.TEMPLATE_ID && isKnown(vu)) {
      ended(vu, completed.wrapAndApplyHeader(event.buffer(), event.offset(), header).requestSeq());
    } else if (event.templateId() == RequestAbandonedDecoder.TEMPLATE_ID && isKnown(vu)) {
      ended(vu, abandoned.wrapAndApplyHeader(event.buffer(), event.offset(), header).requestSeq());
    }
    if (event.templateId() == IterationEndedDecoder.TEMPLATE_ID && isKnown(vu)) {
      iterations[vu] = NO_ITERATION;
    }
  }

  private void ended(final int vu, final int requestSeq) {
    if (requestSeqs[vu] == requestSeq) {
      isOpen.clear(vu);
    } else {
      beside.remove(key(vu, requestSeq));
    }
  }

  /** Index in the plan of a VU's request, {@link #NONE} where it is not known. */
  public long request(final int vu, final int requestSeq) {
    if (isKnown(vu) && requestSeqs[vu] == requestSeq) {
      return requests[vu];
    }
    return beside.getOrDefault(key(vu, requestSeq), (int) NONE);
  }

  /** The text of a reason in the shard of a VU; {@code null} where it is not known. */
  String reason(final int vu, final int number) {
    return vu < 0 ? null : reasons.get(key(vu % shards, number));
  }

  private static long key(final int vu, final int requestSeq) {
    return (long) vu << 32 | requestSeq;
  }

  /** The iteration that a VU is in, or {@link #NO_ITERATION}. */
  public long iteration(final int vu) {
    return isKnown(vu) ? iterations[vu] : NO_ITERATION;
  }

  private boolean isKnown(final int vu) {
    return vu >= 0 && vu < iterations.length;
  }

  private void reserve(final int vu) {
    if (vu < iterations.length) {
      return;
    }
    final int oldLength = iterations.length;
    final int newLength = (int) Math.min(1L << 30, Math.max(FIRST_SIZE, 2L * vu + 2));
    requests = Arrays.copyOf(requests, newLength);
    requestSeqs = Arrays.copyOf(requestSeqs, newLength);
    iterations = Arrays.copyOf(iterations, newLength);
    Arrays.fill(iterations, oldLength, newLength, NO_ITERATION);
    Arrays.fill(requests, oldLength, newLength, (int) NONE);
  }
}
