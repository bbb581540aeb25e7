package io.lockstep.engine.content.response;

import io.lockstep.engine.core.port.ResponseView;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes bodies out of the content coding that {@code Content-Encoding} names (RFC 9110, section
 * 8.4.1): gzip, and deflate with or without the zlib wrapper. A body in another coding, in several,
 * or of whose code nothing can be read stays as it came, and counts as incomplete: nothing that
 * needs a whole document finds one.
 *
 * <p>A body that was cut, or that has a fault, gives what comes before. No more than {@link
 * #MAX_BYTES} come out, whatever goes in. The checksum of gzip is not looked at: the journal has
 * its own.
 */
public final class ContentCoding {
  /** A longer body is cut there. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int NO_CODE = -1;
  private static final int ZLIB_METHOD = 8;
  private static final int ZLIB_CHECK = 31;

  // RFC 1952, section 2.3
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int GZIP_HEADER = 10;
  private static final int GZIP_FLAGS = 3;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final HeaderLines lines = new HeaderLines();
  private final UnsafeBuffer decoded = new UnsafeBuffer(0, 0);
  private byte[] bytes = new byte[0];

  /** Puts the body without its coding in the place of the coded one; it holds until the next. */
  public void remove(final ResponseView view) {
    final String coding = coding(view);
    if (coding == null || view.bodyLength == 0) {
      return;
    }
    final byte[] coded = new byte[view.bodyLength];
    view.body.getBytes(view.bodyOffset, coded);
    final boolean wrapped = coding.equals("deflate") && hasZlibHeader(coded);
    final int start =
        switch (coding) {
          case "gzip", "x-gzip" -> gzipStart(coded);
          case "deflate" -> 0;
          default -> NO_CODE;
        };
    if (start == NO_CODE) {
      view.bodyComplete = false;
      return;
    }
    final Inflater inflater = new Inflater(!wrapped);
    try {
      inflater.setInput(coded, start, coded.length - start);
      inflate(inflater, view);
    } finally {
      inflater.end();
    }
  }

  /** The coding named, in lower case; {@code null} for none. */
  private String coding(final ResponseView view) {
    String coding = null;
    final HeaderLines all = lines.reset(view.head, view.headOffset, view.headLength);
    while (all.next()) {
      if (all.isNamed("content-encoding")) {
        coding = (coding == null ? "" : coding + ",") + all.value().toLowerCase(Locale.ROOT);
      }
    }
    return coding == null || coding.isEmpty() || coding.equals("identity") ? null : coding;
  }

  /** RFC 1950, section 2.2; some targets leave it out. */
  private static boolean hasZlibHeader(final byte[] coded) {
    return coded.length > 1 && (coded[0] & 0x0F) == ZLIB_METHOD && word(coded, 0) % ZLIB_CHECK == 0;
  }

  /** Where the code starts behind gzip's header, or {@link #NO_CODE}. */
  private static int gzipStart(final byte[] coded) {
    if (coded.length < GZIP_HEADER || word(coded, 0) != GZIP_MAGIC || coded[2] != ZLIB_METHOD) {
      return NO_CODE;
    }
    final int flags = coded[GZIP_FLAGS];
    int at = GZIP_HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      if (coded.length < at + 2) {
        return NO_CODE;
      }
      at += 2 + (coded[at] & 0xFF) + ((coded[at + 1] & 0xFF) << 8);
    }
    at = (flags & HAS_NAME) == 0 ? at : behindZero(coded, at);
    at = (flags & HAS_COMMENT) == 0 ? at : behindZero(coded, at);
    at += (flags & HAS_CHECKSUM) == 0 ? 0 : 2;
    return at <= coded.length ? at : NO_CODE;
  }

  private static int behindZero(final byte[] coded, final int from) {
    int at = from;
    while (at < coded.length && coded[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static int word(final byte[] coded, final int at) {
    return ((coded[at] & 0xFF) << 8) | (coded[at + 1] & 0xFF);
  }

  private void inflate(final Inflater inflater, final ResponseView view) {
    int length = 0;
    try {
      int count = 1;
      while (count > 0 && length <= MAX_BYTES) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.max(8_192, 2 * length));
        }
        count = inflater.inflate(bytes, length, Math.min(bytes.length, MAX_BYTES + 1) - length);
        length += count;
      }
    } catch (final DataFormatException e) {
      view.bodyComplete = false; // the target's fault: what came before is what there is
    }
    view.bodyComplete &= inflater.finished() && length <= MAX_BYTES;
    decoded.wrap(bytes);
    view.body = decoded;
    view.bodyOffset = 0;
    view.bodyLength = Math.min(length, MAX_BYTES);
  }
}
