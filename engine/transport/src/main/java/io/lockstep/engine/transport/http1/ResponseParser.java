package io.lockstep.engine.transport.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Parses one response after another, from any split of its bytes, to the same result. One parser
 * belongs to one connection and holds next to nothing between bytes: a line that a read has cut is
 * kept, bodies are counted and skipped. Lines end with CRLF; in a head a lone LF is taken too (RFC
 * 9112, section 2.2), in chunked framing it is not. Bytes never make it throw.
 *
 * <p>Call {@link #begin} for each request, then {@link #parse} for what was read, until it returns
 * anything but {@link Progress#MORE}; after a failure the connection is of no more use.
 */
public final class ResponseParser {
  private static final int WINDOW_BYTES = 1024;
  private static final int MAX_CHUNK_LINE_BYTES = 4096;

  /** Of all chunks of a response: a body may come in tiny ones, but not as their decoration. */
  private static final int MAX_EXTENSION_BYTES = 64 * 1024;

  private static final int MAX_CHUNK_DIGITS = 15;
  private static final byte[] EMPTY = new byte[0];

  private enum State {
    IDLE,
    STATUS_LINE,
    FIELDS,
    FIXED_BODY,
    BODY_UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK_BODY,
    CHUNK_CR,
    CHUNK_LF,
    TRAILERS,
    ENDED
  }

  private final int maxHeaderBytes;
  private final long maxBodyBytes;
  private final byte[] window;
  private final ResponseHead head = new ResponseHead();
  private State state = State.IDLE;
  private Progress progress = Progress.MORE;
  private boolean bodiless;
  private boolean closeDelimited;
  private boolean continued;
  private int sectionBytes;
  private int extensionBytes;
  private boolean anyTrailer;
  private long bodyBytes;
  private long remaining;
  private byte[] carry = EMPTY;
  private int carried;
  private Violation violation;
  private ResponsePart faulty = ResponsePart.NONE;
  private ResponseSink sink;

  private ResponseParser(final int maxHeaderBytes, final long maxBodyBytes, final byte[] window) {
    this.maxHeaderBytes = maxHeaderBytes;
    this.maxBodyBytes = maxBodyBytes;
    this.window = window;
    head.reset();
  }

  /** A parser with limits for heads, cumulated over interim responses, and bodies. */
  public ResponseParser(final int maxHeaderBytes, final long maxBodyBytes) {
    this(maxHeaderBytes, maxBodyBytes, new byte[WINDOW_BYTES]);
  }

  /**
   * Another parser with the same limits, to be used on the same thread: it shares scratch space.
   */
  public ResponseParser sibling() {
    return new ResponseParser(maxHeaderBytes, maxBodyBytes, window);
  }

  /** Expects the response to a request; {@code isHead} tells that it will have no body. */
  public void begin(final boolean isHead) {
    begin(isHead, null);
  }

  /** As {@link #begin(boolean)}; {@code newSink} takes the response, {@code null} for nobody. */
  public void begin(final boolean isHead, final ResponseSink newSink) {
    sink = newSink;
    head.reset();
    state = State.STATUS_LINE;
    progress = Progress.MORE;
    bodiless = isHead;
    closeDelimited = false;
    continued = false;
    sectionBytes = 0;
    extensionBytes = 0;
    anyTrailer = false;
    bodyBytes = 0;
    remaining = 0;
    carried = 0;
    violation = null;
    faulty = ResponsePart.NONE;
  }

  /** Takes bytes from the reader index on; leaves those after the end of the response. */
  public Progress parse(final ByteBuf in) {
    while (progress == Progress.MORE && in.isReadable()) {
      switch (state) {
        case IDLE:
          violate(Violation.UNASKED);
          break;
        case STATUS_LINE:
        case FIELDS:
        case CHUNK_SIZE:
        case TRAILERS:
          lines(in);
          break;
        case FIXED_BODY:
        case CHUNK_BODY:
          body(in);
          break;
        case BODY_UNTIL_CLOSE:
          bodyUntilClose(in);
          break;
        case CHUNK_CR:
        case CHUNK_LF:
          chunkEnd(in.readByte());
          break;
        default:
          throw new IllegalStateException("parsing in state " + state + " with " + progress);
      }
    }
    return progress;
  }

  /** The peer will send no more; whether that makes the response complete. */
  public boolean endOfInput() {
    if (progress == Progress.MORE && state == State.BODY_UNTIL_CLOSE) {
      complete();
    }
    return progress == Progress.COMPLETE;
  }

  /** Status of the final response, 0 until its status line has come. */
  public int status() {
    return head.status() >= 200 ? head.status() : 0;
  }

  /** Whether the target has said that it wants the body of the request (RFC 9110, 15.2.1). */
  public boolean isContinued() {
    return continued;
  }

  /** Bytes of the body so far, without framing. */
  public long bodyBytes() {
    return bodyBytes;
  }

  /** Whether the connection can carry another request after this complete response. */
  public boolean isPersistent() {
    return progress == Progress.COMPLETE && !closeDelimited && head.isPersistent();
  }

  /** What rule was broken, or {@code null}. */
  public Violation violation() {
    return violation;
  }

  /** What it is in the middle of; after a failure what that was in. */
  public ResponsePart part() {
    return switch (state) {
      case IDLE -> ResponsePart.NONE;
      case STATUS_LINE -> ResponsePart.STATUS_LINE;
      case FIELDS -> ResponsePart.HEADER;
      case FIXED_BODY -> ResponsePart.BODY;
      case BODY_UNTIL_CLOSE -> ResponsePart.BODY_UNTIL_CLOSE;
      case CHUNK_SIZE -> ResponsePart.CHUNK_SIZE;
      case CHUNK_BODY, CHUNK_CR, CHUNK_LF -> ResponsePart.CHUNK;
      case TRAILERS -> ResponsePart.TRAILERS;
      case ENDED -> faulty;
    };
  }

  private void lines(final ByteBuf in) {
    if (carried > 0) {
      carryOn(in);
      return;
    }
    final int start = in.readerIndex();
    final int length = Math.min(in.readableBytes(), window.length);
    in.getBytes(start, window, 0, length);
    final int taken = linesOf(window, 0, length);
    in.readerIndex(start + taken);
    if (progress == Progress.MORE && isLineState() && taken < length) {
      carry(window, taken, length - taken);
      in.readerIndex(start + length);
    }
  }

  /**
   * Reads whole lines while lines are what comes next; returns how many bytes they take. The first
   * {@code scanned} bytes are known to be plain.
   */
  private int linesOf(final byte[] bytes, final int scanned, final int length) {
    int from = 0;
    int at = scanned;
    while (at < length) {
      final byte b = bytes[at];
      if (b >= ' ' || b < 0 || b == '\t') {
        at++;
      } else if (b == '\n') {
        line(bytes, from, at, false);
        from = ++at;
      } else if (b == '\r' && at + 1 == length) {
        return from;
      } else if (at - from + (b == '\r' ? 2 : 1) > lineLimit()) {
        tooLong();
      } else if (b == '\r' && bytes[at + 1] == '\n') {
        line(bytes, from, at, true);
        at += 2;
        from = at;
      } else {
        violate(b == '\r' ? Violation.BARE_CR : Violation.CONTROL_CHARACTER);
      }
      if (progress != Progress.MORE || (from == at && !isLineState())) {
        return from;
      }
    }
    return from;
  }

  /** Completes the line that an earlier read has cut. */
  private void carryOn(final ByteBuf in) {
    final int start = in.readerIndex();
    final int feed = in.indexOf(start, in.writerIndex(), (byte) '\n');
    final int end = feed < 0 ? in.writerIndex() : feed + 1;
    final int length = (int) Math.min(end - start, (long) lineLimit() + 1 - carried);
    final int before = carried;
    if (carry.length < carried + length) {
      carry = Arrays.copyOf(carry, Math.max(carried + length, carry.length * 2));
    }
    in.readBytes(carry, before, length);
    final int whole = before + length;
    final int taken = linesOf(carry, before - 1, whole);
    if (progress == Progress.MORE) {
      carried = whole - taken;
      if (carried > lineLimit()) {
        tooLong();
      }
    }
  }

  private void carry(final byte[] bytes, final int from, final int length) {
    if (length > lineLimit()) {
      tooLong();
      return;
    }
    if (carry.length < length) {
      carry = new byte[Math.max(length, 64)];
    }
    System.arraycopy(bytes, from, carry, 0, length);
    carried = length;
  }

  /** The longest line that may come now, with its end. */
  private int lineLimit() {
    return state == State.CHUNK_SIZE ? MAX_CHUNK_LINE_BYTES : maxHeaderBytes - sectionBytes;
  }

  private void tooLong() {
    if (state == State.CHUNK_SIZE) {
      violate(Violation.LONG_CHUNK_LINE);
    } else {
      fail(Progress.HEADER_TOO_LARGE);
    }
  }

  private boolean isLineState() {
    return state == State.FIELDS
        || state == State.STATUS_LINE
        || state == State.CHUNK_SIZE
        || state == State.TRAILERS;
  }

  private void line(final byte[] bytes, final int from, final int to, final boolean crlf) {
    final int length = to - from + (crlf ? 2 : 1);
    if (length > lineLimit()) {
      tooLong();
      return;
    }
    if (state == State.CHUNK_SIZE) {
      chunkSize(bytes, from, to, crlf);
      return;
    }
    sectionBytes += length;
    if (state == State.STATUS_LINE) {
      state = State.FIELDS;
      violate(head.statusLine(bytes, from, to));
      if (sink != null && progress == Progress.MORE) {
        sink.onStatus(head.status());
      }
    } else if (state == State.TRAILERS) {
      trailer(bytes, from, to, crlf);
    } else if (from == to) {
      endOfHead();
    } else {
      violate(head.field(bytes, from, to));
      if (sink != null) {
        sink.onField(bytes, from, to);
      }
    }
  }

  private void endOfHead() {
    violate(head.conclude());
    if (progress != Progress.MORE) {
      return;
    }
    final int status = head.status();
    if (status < 200) {
      continued |= status == 100;
      head.next();
      state = State.STATUS_LINE;
    } else if (bodiless || status == 204 || status == 304 || head.contentLength() == 0) {
      complete();
    } else if (head.isChunked()) {
      sectionBytes = 0;
      state = State.CHUNK_SIZE;
    } else if (head.isCoded() || head.contentLength() == ResponseHead.NULL_LENGTH) {
      closeDelimited = true;
      state = State.BODY_UNTIL_CLOSE;
    } else {
      expect(head.contentLength(), State.FIXED_BODY);
    }
  }

  private void expect(final long length, final State next) {
    remaining = length;
    state = next;
    if (length > maxBodyBytes - bodyBytes) {
      fail(Progress.BODY_TOO_LARGE);
    }
  }

  private void body(final ByteBuf in) {
    final int length = (int) Math.min(remaining, in.readableBytes());
    if (sink != null) {
      sink.onBody(in, length);
    }
    in.skipBytes(length);
    bodyBytes += length;
    remaining -= length;
    if (remaining == 0) {
      if (state == State.CHUNK_BODY) {
        state = State.CHUNK_CR;
      } else {
        complete();
      }
    }
  }

  private void bodyUntilClose(final ByteBuf in) {
    final int length = in.readableBytes();
    if (sink != null) {
      sink.onBody(in, length);
    }
    in.skipBytes(length);
    bodyBytes += length;
    if (bodyBytes > maxBodyBytes) {
      fail(Progress.BODY_TOO_LARGE);
    }
  }

  private void chunkSize(final byte[] bytes, final int from, final int to, final boolean crlf) {
    int at = from;
    long size = 0;
    while (at < to && Ascii.hexDigit(bytes[at]) >= 0) {
      size = (size << 4) + Ascii.hexDigit(bytes[at]);
      at++;
      if (at - from > MAX_CHUNK_DIGITS) {
        violate(Violation.BAD_CHUNK_SIZE);
        return;
      }
    }
    final boolean sized = at > from;
    at = Ascii.skipBlanks(bytes, at, to);
    extensionBytes += to - at;
    if (!crlf || !sized || (at < to && bytes[at] != ';')) {
      violate(Violation.BAD_CHUNK_SIZE);
    } else if (extensionBytes > MAX_EXTENSION_BYTES) {
      violate(Violation.LONG_EXTENSIONS);
    } else if (size == 0) {
      state = State.TRAILERS;
    } else {
      expect(size, State.CHUNK_BODY);
    }
  }

  private void chunkEnd(final byte b) {
    if (b != (state == State.CHUNK_CR ? '\r' : '\n')) {
      violate(Violation.CHUNK_OVERRUN);
    } else {
      state = state == State.CHUNK_CR ? State.CHUNK_LF : State.CHUNK_SIZE;
    }
  }

  private void trailer(final byte[] bytes, final int from, final int to, final boolean crlf) {
    if (!crlf) {
      violate(Violation.TRAILER_END);
    } else if (from == to) {
      complete();
    } else if (!(anyTrailer && Ascii.isBlank(bytes[from])) && !isField(bytes, from, to)) {
      violate(Violation.BAD_TRAILER);
    }
    anyTrailer = true;
  }

  /** Trailers are checked for form only, folds included: they cannot change the framing. */
  private static boolean isField(final byte[] bytes, final int from, final int to) {
    int colon = from;
    while (colon < to && Ascii.isToken(bytes[colon])) {
      colon++;
    }
    return colon > from && colon < to && bytes[colon] == ':';
  }

  private void complete() {
    state = State.ENDED;
    progress = Progress.COMPLETE;
  }

  private void violate(final Violation rule) {
    if (rule != null) {
      violation = rule;
      fail(Progress.VIOLATION);
    }
  }

  private void fail(final Progress failure) {
    faulty = part();
    state = State.ENDED;
    progress = failure;
  }
}
