package io.lockstep.engine.content.response;

import io.lockstep.engine.core.port.ResponseView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes bodies out of the content coding that {@code Content-Encoding} names (RFC 9110, section
 * 8.4.1): gzip, and deflate with or without the zlib wrapper. A body in another coding, in several,
 * or with a fault in its code stays as it came, and counts as incomplete: nothing that needs a
 * whole document finds one.
 *
 * <p>A body that was cut gives what its beginning says. No more than {@link #MAX_BYTES} come out,
 * whatever goes in.
 */
public final class ContentCoding {
  /** A longer body is cut there. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int ZLIB_METHOD = 8;
  private static final int ZLIB_CHECK = 31;

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
    try (InputStream in = open(coding, coded)) {
      if (in == null) {
        view.bodyComplete = false;
        return;
      }
      read(in, view);
    } catch (final IOException e) {
      view.bodyComplete = false; // the target's fault: the check or the extraction fails
    }
  }

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

  private static InputStream open(final String coding, final byte[] coded) throws IOException {
    final InputStream in = new ByteArrayInputStream(coded);
    return switch (coding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(in);
      case "deflate" -> new DeflateStream(in, new Inflater(!hasZlibHeader(coded)));
      default -> null;
    };
  }

  /** Ends its inflater with itself. */
  private static final class DeflateStream extends InflaterInputStream {
    DeflateStream(final InputStream in, final Inflater inflater) {
      super(in, inflater);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }

  /** RFC 1950, section 2.2; some targets leave it out. */
  private static boolean hasZlibHeader(final byte[] coded) {
    return coded.length > 1
        && (coded[0] & 0x0F) == ZLIB_METHOD
        && ((coded[0] & 0xFF) << 8 | coded[1] & 0xFF) % ZLIB_CHECK == 0;
  }

  private void read(final InputStream in, final ResponseView view) {
    int length = 0;
    try {
      int count = 0;
      while (count >= 0 && length <= MAX_BYTES) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.max(8_192, 2 * length));
        }
        count = in.read(bytes, length, Math.min(bytes.length, MAX_BYTES + 1) - length);
        length += Math.max(0, count);
      }
    } catch (final IOException e) {
      view.bodyComplete = false; // cut, or at fault: what came before is what there is
    }
    if (length > MAX_BYTES) {
      length = MAX_BYTES;
      view.bodyComplete = false;
    }
    decoded.wrap(bytes);
    view.body = decoded;
    view.bodyOffset = 0;
    view.bodyLength = length;
  }
}
