package io.lockstep.engine.content.response;

import io.lockstep.engine.content.coding.ContentCodings;
import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.ResponseView;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/**
 * A response at hand; what is worked out of it is worked out once. Its body is taken out of its
 * content coding when something first looks at it, and not where nothing does.
 */
public final class Content {
  private static final String CHARSET = "charset=";

  private final HeaderLines lines = new HeaderLines();
  private ResponseView view = new ResponseView();
  private final ContentCodings codings = new ContentCodings();
  private long sequence;
  private boolean opened;
  private BodyFault fault = BodyFault.NONE;
  private byte[] copy = new byte[0];
  private byte[] bytes = copy;
  private int offset;
  private boolean bytesKnown;
  private String text;

  /** Turns to a response. */
  public void begin(final ResponseView response) {
    view = response;
    sequence++;
    opened = false;
    fault = BodyFault.NONE;
    bytesKnown = false;
    text = null;
  }

  public ResponseView view() {
    return view;
  }

  /** Changes with each response: what was worked out under another number is stale. */
  public long sequence() {
    return sequence;
  }

  /** Before the first header line. */
  public HeaderLines headers() {
    return lines.reset(view.head, view.headOffset, view.headLength);
  }

  /** The first value of a header, or {@code null}. */
  public String header(final String name) {
    final HeaderLines all = headers();
    while (all.next()) {
      if (all.isNamed(name)) {
        return all.value();
      }
    }
    return null;
  }

  private void open() {
    if (!opened) {
      opened = true;
      fault = codings.decode(view, encoding());
    }
  }

  /** What all lines of {@code Content-Encoding} say; empty for nothing. */
  private String encoding() {
    String said = "";
    final HeaderLines all = headers();
    while (all.next()) {
      if (all.isNamed("content-encoding")) {
        said = said.isEmpty() ? all.value() : said + "," + all.value();
      }
    }
    return said;
  }

  /** What is wrong with the body's coding; nothing where nobody has looked at the body. */
  public BodyFault fault() {
    return fault;
  }

  /** Whether the body is here to its end, out of its coding. */
  public boolean isComplete() {
    open();
    return codings.isWhole();
  }

  /** Whether the body was in a coding, and came out of it. */
  public boolean isDecoded() {
    open();
    return codings.isDecoded();
  }

  /** An array that has the body, from {@link #offset} on. */
  public byte[] bytes() {
    open();
    if (!bytesKnown) {
      bytesKnown = true;
      if (codings.isDecoded()) {
        bytes = codings.bytes();
        offset = 0;
      } else if (view.body.byteArray() != null) {
        bytes = view.body.byteArray();
        offset = view.bodyOffset + view.body.wrapAdjustment();
      } else {
        if (copy.length < view.bodyLength) {
          copy = new byte[Math.max(view.bodyLength, 2 * copy.length)];
        }
        view.body.getBytes(view.bodyOffset, copy, 0, view.bodyLength);
        bytes = copy;
        offset = 0;
      }
    }
    return bytes;
  }

  /** Where the body starts in {@link #bytes}. */
  public int offset() {
    bytes();
    return offset;
  }

  public int length() {
    open();
    return codings.isDecoded() ? codings.length() : view.bodyLength;
  }

  /** The body as text; malformed input becomes U+FFFD. */
  public String text() {
    if (text == null) {
      final Charset named = charset();
      text =
          new String(bytes(), offset(), length(), named == null ? StandardCharsets.UTF_8 : named);
    }
    return text;
  }

  /** The charset that {@code Content-Type} names and this platform knows, or {@code null}. */
  public Charset charset() {
    final String type = header("content-type");
    final int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf(CHARSET);
    if (at < 0) {
      return null;
    }
    String name = type.substring(at + CHARSET.length());
    name = name.substring(0, name.indexOf(';') < 0 ? name.length() : name.indexOf(';')).strip();
    if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
      name = name.substring(1, name.length() - 1);
    }
    try {
      return Charset.forName(name);
    } catch (final IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  /** Whether {@code Content-Type} says HTML. */
  public boolean isHtml() {
    final String type = header("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).contains("html");
  }
}
