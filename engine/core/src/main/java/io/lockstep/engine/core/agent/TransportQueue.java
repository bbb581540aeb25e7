package io.lockstep.engine.core.agent;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ConnectionTally;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.NameLookups;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.Transport;
import io.lockstep.scenario.plan.RequestOutcome;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The engine's side of a transport on another thread: two rings, one each way. Where the ring to
 * the transport is full the engine waits, and the wait is counted; nothing is dropped. The
 * transport never waits for the engine, so the two cannot block each other.
 *
 * <p>What was kept of responses goes beside the ring, in buffers that come back: the ring has a
 * message for each, and so bounds their number. Where {@link #MAX_CONTENT_BYTES} of it are under
 * way the transport takes no further completions from the network, and the time is counted.
 * Rendered requests lie in the ring, or where they do not fit, beside it too.
 */
final class TransportQueue implements Transport, MessageHandler {
  static final int SEND = 1;
  static final int CANCEL = 2;
  static final int VU = 0;
  static final int REQUEST_SEQ = 4;
  static final int REQUEST = 8;
  static final int STREAM_KEY = 16;
  static final int TICK = 24;
  static final int INTENDED_NS = 32;
  static final int SEND_LENGTH = 40;
  static final int SEND_RENDERED = 3;
  static final int SEND_LARGE = 4;

  private static final int COMPLETION = 5;
  private static final int COMPLETION_WITH_CONTENT = 6;
  private static final int OUTCOME = 8;
  private static final int STATUS = 12;
  private static final int CONNECT_NS = 16;
  private static final int SENT_NS = 24;
  private static final int FIRST_BYTE_NS = 32;
  private static final int LAST_BYTE_NS = 40;
  private static final int BYTES_SENT = 48;
  private static final int BYTES_RECEIVED = 56;
  private static final int TLS_NS = 64;
  private static final int HANDED_NS = 72;
  private static final int NOTES = 80;
  private static final int CANCEL_LENGTH = 8;
  private static final int COMPLETION_LENGTH = 84;

  /** In the notes, above the version of TLS. */
  private static final int RESUMED = 1 << 16;

  private static final int EXPLAINED = 1 << 17;
  private static final int COMPLETION_RECORD =
      BitUtil.align(COMPLETION_LENGTH + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);

  private static final long NOT_STALLED = Long.MIN_VALUE;
  private static final String ENDED = "the transport's thread has ended before the run";

  /** Bytes of each ring: 50,000 sends, 21,000 completions. */
  private static final int CAPACITY = 1 << 21;

  private static final int MAX_COMPLETIONS = CAPACITY / COMPLETION_RECORD;

  /** Contents on their way to the engine, beside which there is at most one more. */
  private static final long MAX_CONTENT_BYTES = 64L << 20;

  /** Requests that do not fit the ring on their way to the transport. */
  private static final int MAX_LARGE = 16;

  private static final int KEPT_BYTES = 256 * 1024;

  private final OneToOneRingBuffer toTransport = ring();
  private final OneToOneRingBuffer toEngine = ring();
  private final Completion completion = new Completion();
  private final HandOver<ContentBuffer> contents =
      new HandOver<>(MAX_COMPLETIONS, ContentBuffer::new);
  private final OneToOneConcurrentArrayQueue<String> reasons =
      new OneToOneConcurrentArrayQueue<>(MAX_COMPLETIONS);
  private final HandOver<ExpandableArrayBuffer> large =
      new HandOver<>(MAX_LARGE, ExpandableArrayBuffer::new);
  private final long maxContentBytes;
  private ConnectionTally connections;
  private NameLookups lookups = NameLookups.NONE;
  private final IdleStrategy idle;
  private final LongSupplier clock;
  private final BooleanSupplier transportFailed;
  private CompletionHandler handler;
  private long stallNs;

  /** Engine's thread. */
  private long taken;

  /** Transport's thread. */
  private long offeredBytes;

  private long stalledSinceNs = NOT_STALLED;
  private long stalled;

  /** Written on the transport's thread. */
  private volatile long contentStallNs;

  /** Written on the engine's thread. */
  private volatile long takenBytes;

  /**
   * @param maxContentBytes most bytes that are kept of a response, 0 where nothing is
   */
  TransportQueue(
      final long maxContentBytes,
      final IdleStrategy idle,
      final LongSupplier clock,
      final BooleanSupplier transportFailed) {
    this.maxContentBytes = maxContentBytes;
    this.idle = idle;
    this.clock = clock;
    this.transportFailed = transportFailed;
  }

  private static OneToOneRingBuffer ring() {
    return new OneToOneRingBuffer(
        new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(
                CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
  }

  OneToOneRingBuffer toTransport() {
    return toTransport;
  }

  /**
   * Completions that the ring to the engine can take, whatever the wrap costs, and their contents.
   * Transport's thread.
   */
  int completionSpace() {
    final int space = (CAPACITY - toEngine.size()) / COMPLETION_RECORD - 1;
    return maxContentBytes == 0 ? space : Math.min(space, contentSpace());
  }

  private int contentSpace() {
    final long left = MAX_CONTENT_BYTES - (offeredBytes - takenBytes);
    if (left > 0) {
      if (stalledSinceNs != NOT_STALLED) {
        stalled += clock.getAsLong() - stalledSinceNs;
        contentStallNs = stalled;
        stalledSinceNs = NOT_STALLED;
      }
      return (int) Math.max(1, left / maxContentBytes);
    }
    if (stalledSinceNs == NOT_STALLED) {
      stalledSinceNs = clock.getAsLong();
    }
    return 0;
  }

  /** A large request that was sent; goes back with {@link #releaseLarge}. Transport's thread. */
  ExpandableArrayBuffer takeLarge() {
    return large.take();
  }

  /** Transport's thread. */
  void releaseLarge(final ExpandableArrayBuffer request) {
    large.release(request, request.capacity() <= 2 * CAPACITY);
  }

  /** Transport's thread; there must be space. */
  void offer(final Completion ended) {
    final boolean captured = ended.content.isCaptured();
    if (captured) {
      offer(ended.content);
    }
    if (ended.reason != null && !reasons.offer(ended.reason)) {
      throw new IllegalStateException("more reasons than the ring has completions");
    }
    final int type = captured ? COMPLETION_WITH_CONTENT : COMPLETION;
    final int index = toEngine.tryClaim(type, COMPLETION_LENGTH);
    if (index < 0) {
      throw new IllegalStateException("the ring to the engine is full");
    }
    final AtomicBuffer buffer = toEngine.buffer();
    buffer.putInt(index + VU, ended.vu);
    buffer.putInt(index + REQUEST_SEQ, ended.requestSeq);
    buffer.putInt(index + OUTCOME, ended.outcome.code());
    buffer.putInt(index + STATUS, ended.status);
    buffer.putLong(index + CONNECT_NS, ended.connectNs);
    buffer.putLong(index + SENT_NS, ended.sentNs);
    buffer.putLong(index + HANDED_NS, ended.handedNs);
    buffer.putLong(index + FIRST_BYTE_NS, ended.firstByteNs);
    buffer.putLong(index + LAST_BYTE_NS, ended.lastByteNs);
    buffer.putLong(index + BYTES_SENT, ended.bytesSent);
    buffer.putLong(index + BYTES_RECEIVED, ended.bytesReceived);
    buffer.putLong(index + TLS_NS, ended.tlsNs);
    buffer.putInt(
        index + NOTES,
        ended.tlsVersion
            | (ended.tlsResumed ? RESUMED : 0)
            | (ended.reason == null ? 0 : EXPLAINED));
    toEngine.commit(index);
  }

  private void offer(final Content content) {
    final ContentBuffer copy = contents.empty();
    copy.copy(content);
    offeredBytes += copy.length();
    if (!contents.offer(copy)) {
      throw new IllegalStateException("more contents than the ring has completions");
    }
  }

  /** Also shows what the transport behind it counts. */
  TransportQueue counting(final ConnectionTally tally, final NameLookups names) {
    connections = tally;
    lookups = names;
    return this;
  }

  @Override
  public NameLookups lookups() {
    return lookups;
  }

  @Override
  public ConnectionTally connections() {
    return connections;
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
    final int index;
    if (rendered == null) {
      index = claim(SEND, SEND_LENGTH);
    } else if (rendered.length() <= toTransport.maxMsgLength() - SEND_LENGTH) {
      index = claim(SEND_RENDERED, SEND_LENGTH + rendered.length());
      toTransport
          .buffer()
          .putBytes(index + SEND_LENGTH, rendered.buffer(), rendered.offset(), rendered.length());
    } else {
      offer(rendered);
      index = claim(SEND_LARGE, SEND_LENGTH + Integer.BYTES);
      toTransport.buffer().putInt(index + SEND_LENGTH, rendered.length());
    }
    final AtomicBuffer buffer = toTransport.buffer();
    buffer.putInt(index + VU, vu);
    buffer.putInt(index + REQUEST_SEQ, requestSeq);
    buffer.putInt(index + REQUEST, request);
    buffer.putLong(index + STREAM_KEY, streamKey);
    buffer.putLong(index + TICK, tick);
    buffer.putLong(index + INTENDED_NS, intendedNs);
    toTransport.commit(index);
  }

  private void offer(final RenderedRequest rendered) {
    final ExpandableArrayBuffer copy = large.empty();
    copy.putBytes(0, rendered.buffer(), rendered.offset(), rendered.length());
    if (large.offer(copy)) {
      return;
    }
    final long startNs = clock.getAsLong();
    idle.reset();
    while (!large.offer(copy)) {
      idleUnlessFailed();
    }
    stallNs += clock.getAsLong() - startNs;
  }

  @Override
  public void cancel(final int vu, final int requestSeq) {
    final int index = claim(CANCEL, CANCEL_LENGTH);
    final AtomicBuffer buffer = toTransport.buffer();
    buffer.putInt(index + VU, vu);
    buffer.putInt(index + REQUEST_SEQ, requestSeq);
    toTransport.commit(index);
  }

  @Override
  public int poll(final long tick, final CompletionHandler newHandler, final int limit) {
    handler = newHandler;
    final int count = toEngine.read(this, limit);
    if (count == 0 && transportFailed.getAsBoolean()) {
      throw new IllegalStateException(ENDED);
    }
    return count;
  }

  @Override
  public void onMessage(
      final int type, final MutableDirectBuffer buffer, final int index, final int length) {
    completion.vu = buffer.getInt(index + VU);
    completion.requestSeq = buffer.getInt(index + REQUEST_SEQ);
    completion.outcome = RequestOutcome.of(buffer.getInt(index + OUTCOME));
    completion.status = buffer.getInt(index + STATUS);
    completion.connectNs = buffer.getLong(index + CONNECT_NS);
    completion.sentNs = buffer.getLong(index + SENT_NS);
    completion.handedNs = buffer.getLong(index + HANDED_NS);
    completion.firstByteNs = buffer.getLong(index + FIRST_BYTE_NS);
    completion.lastByteNs = buffer.getLong(index + LAST_BYTE_NS);
    completion.bytesSent = buffer.getLong(index + BYTES_SENT);
    completion.bytesReceived = buffer.getLong(index + BYTES_RECEIVED);
    completion.tlsNs = buffer.getLong(index + TLS_NS);
    final int notes = buffer.getInt(index + NOTES);
    completion.tlsVersion = notes & 0xFFFF;
    completion.tlsResumed = (notes & RESUMED) != 0;
    completion.reason = (notes & EXPLAINED) == 0 ? null : reasons.poll();
    completion.reasonNumber = FailureReason.NO_NUMBER;
    if (type == COMPLETION_WITH_CONTENT) {
      final ContentBuffer content = contents.take();
      content.show(completion.content);
      handler.onCompletion(completion);
      completion.content.clear();
      taken += content.length();
      takenBytes = taken;
      contents.release(content, content.capacity() <= KEPT_BYTES);
    } else {
      handler.onCompletion(completion);
    }
  }

  @Override
  public long nextTick() {
    return NULL_TICK;
  }

  @Override
  public void close() {
    // The transport's own thread closes it.
  }

  /**
   * Nanoseconds that the engine has waited for a full ring, and the transport for the engine to
   * take contents. Engine's thread.
   */
  long stallNs() {
    return stallNs + contentStallNs;
  }

  private int claim(final int type, final int length) {
    final int index = toTransport.tryClaim(type, length);
    return index > 0 ? index : awaitClaim(type, length);
  }

  private int awaitClaim(final int type, final int length) {
    final long startNs = clock.getAsLong();
    idle.reset();
    int index = toTransport.tryClaim(type, length);
    while (index <= 0) {
      idleUnlessFailed();
      index = toTransport.tryClaim(type, length);
    }
    stallNs += clock.getAsLong() - startNs;
    return index;
  }

  private void idleUnlessFailed() {
    if (transportFailed.getAsBoolean()) {
      throw new IllegalStateException(ENDED);
    }
    idle.idle();
  }
}
