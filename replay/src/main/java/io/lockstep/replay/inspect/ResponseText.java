package io.lockstep.replay.inspect;

import io.lockstep.engine.core.port.Content;
import io.lockstep.replay.event.FieldSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** What was kept of a response, for people and for programs. */
final class ResponseText {
  private static final String MARGIN = "    | ";

  /** So much of a body is shown on a terminal. */
  private static final int SHOWN_BYTES = 2_048;

  /** One character in so many may be none that a text has. */
  private static final int ODD_SHARE = 10;

  private ResponseText() {}

  /** Its header fields, an empty line and the body, each line behind a margin. */
  static void lines(final Content content, final Appendable out) throws IOException {
    final String head = text(content.head(), content.headOffset(), content.headLength());
    append(head, out);
    if (!content.hasBody()) {
      return;
    }
    if (!head.isEmpty()) {
      append("\n", out);
    }
    final int shown = Math.min(SHOWN_BYTES, content.keptLength());
    final String body = text(content.body(), content.bodyOffset(), shown);
    final boolean readable = isReadable(body);
    if (readable) {
      append(body, out);
    }
    final long all = content.isTruncated() ? content.bodyLength() : content.keptLength();
    final long hidden = all - (readable ? shown : 0);
    if (hidden > 0) {
      final String what = readable ? "more bytes" : "bytes that are no text";
      append(String.format(Locale.ROOT, "(%,d %s)", hidden, what), out);
    }
  }

  /** The same as fields; the body is left out where it is no text. */
  static void fields(final Content content, final FieldSink to) {
    if (content.headLength() > 0) {
      to.text("responseHead", text(content.head(), content.headOffset(), content.headLength()));
    }
    if (content.hasBody()) {
      to.number("responseBodyLength", content.bodyLength());
      final String body = text(content.body(), content.bodyOffset(), content.keptLength());
      if (isReadable(body)) {
        to.text("responseBody", body);
      }
    }
  }

  private static String text(final DirectBuffer buffer, final int offset, final int length) {
    final byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static boolean isReadable(final String text) {
    final long odd = text.chars().filter(c -> c == 0xFFFD || isControl(c)).count();
    return odd * ODD_SHARE <= text.length();
  }

  private static boolean isControl(final int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
        || Character.getType(c) == Character.FORMAT;
  }

  /** What would steer a terminal is shown as its number. */
  private static void append(final String text, final Appendable out) throws IOException {
    for (final String line : text.lines().toList()) {
      final StringBuilder shown = new StringBuilder(MARGIN);
      line.chars()
          .forEach(
              c -> {
                if (isControl(c)) {
                  shown.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                  shown.append((char) c);
                }
              });
      out.append(shown.toString().stripTrailing()).append('\n');
    }
  }
}
