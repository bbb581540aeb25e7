package io.lockstep.engine.core.secret;

import io.lockstep.engine.core.port.BodyDecoder;
import io.lockstep.engine.core.port.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Masks head and body of what was kept of a response. A body in a content coding is looked at in
 * the coding and out of it; where a secret is found in what comes out, that is kept from then on,
 * and the head does not name the coding any more. So it is where not all of a body comes out, since
 * it was cut, or is too large: only what was looked at is kept. One of which nothing comes out is
 * not kept at all: who knows more codings could find something in it.
 */
final class BodyMask {
  private static final byte[] ENCODING = "content-encoding:".getBytes(StandardCharsets.US_ASCII);

  private final BodyDecoder decoder;
  private final Replacing head;
  private final Replacing body;
  private final UnsafeBuffer headView = new UnsafeBuffer(0, 0);
  private final UnsafeBuffer bodyView = new UnsafeBuffer(0, 0);
  private byte[] given = new byte[0];

  BodyMask(final Needles needles, final Predicate<Needle> isWanted, final BodyDecoder decoder) {
    this.decoder = decoder;
    head = new Replacing(needles, isWanted);
    body = new Replacing(needles, isWanted);
  }

  /** Looks for others from now on. */
  void lookFor(final Needles others) {
    head.lookFor(others);
    body.lookFor(others);
  }

  /** Masks it, where there is anything to mask. */
  void mask(final Content content, final List<Needle> made) {
    head.clear();
    body.clear();
    boolean isOpened = false;
    boolean isCut = content.isTruncated();
    if (content.hasBody()) {
      final boolean isCoded = decoder.decode(content);
      if (isCoded && decoder.isDecoded()) {
        final boolean partly = isCut || !decoder.isWhole();
        final int from = decoder.offset();
        body.append(decoder.bytes(), from, from + decoder.length(), made, partly);
        isOpened = body.isFound() || partly;
        isCut = isOpened ? partly : isCut;
      }
      if (isCoded && !decoder.isDecoded() && !decoder.isWhole()) {
        isCut = true;
      } else if (!isOpened) {
        body.clear();
        copy(content.body(), content.bodyOffset(), content.keptLength());
        body.append(given, 0, content.keptLength(), made, isCut);
      }
    }
    copy(content.head(), content.headOffset(), content.headLength());
    final int length = isOpened ? withoutEncoding(content.headLength()) : content.headLength();
    head.append(given, 0, length, made, false);
    if (head.isFound() || isOpened || differs(content)) {
      show(content, isCut);
    }
  }

  private boolean differs(final Content content) {
    return content.hasBody() && (body.isFound() || body.length() != content.keptLength());
  }

  private void copy(final DirectBuffer from, final int offset, final int length) {
    if (given.length < length) {
      given = new byte[Math.max(length, 2 * given.length)];
    }
    from.getBytes(offset, given, 0, length);
  }

  /** Takes the lines that name a coding out of the head that is given; its length then. */
  private int withoutEncoding(final int length) {
    int kept = 0;
    int start = 0;
    while (start < length) {
      int end = start;
      while (end < length && given[end] != '\n') {
        end++;
      }
      end = Math.min(length, end + 1);
      if (!isEncoding(start, end)) {
        System.arraycopy(given, start, given, kept, end - start);
        kept += end - start;
      }
      start = end;
    }
    return kept;
  }

  private boolean isEncoding(final int start, final int end) {
    if (end - start < ENCODING.length) {
      return false;
    }
    final byte[] name = Arrays.copyOfRange(given, start, start + ENCODING.length);
    for (int i = 0; i < name.length; i++) {
      if (name[i] >= 'A' && name[i] <= 'Z') {
        name[i] = (byte) (name[i] + ('a' - 'A'));
      }
    }
    return Arrays.equals(name, ENCODING);
  }

  /** The body as it came stays what the content says it was: what is counted is what came. */
  private void show(final Content content, final boolean isCut) {
    final int kinds = content.flags() & (Content.HEAD | Content.BODY);
    content.wrap(kinds | (isCut ? Content.TRUNCATED : 0), content.bodyLength());
    headView.wrap(head.bytes(), 0, head.length());
    content.head(headView, 0, head.length());
    bodyView.wrap(body.bytes(), 0, body.length());
    content.body(bodyView, 0, body.length());
  }
}
