package io.lockstep.engine.content.coding;

import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.ResponseView;
import java.util.Arrays;
import java.util.Locale;

/**
 * Takes bodies out of the content codings that {@code Content-Encoding} names (RFC 9110, section
 * 8.4): {@code gzip}, {@code deflate}, {@code br} (RFC 7932) and {@code zstd} (RFC 8878), and up to
 * {@link #MAX_CODINGS} of them one around the other. A pure function of the response; no body makes
 * it fail. Single-threaded.
 *
 * <p>A body in an unknown coding, or not in the one that is named, stays as it came. One that ends
 * early gives what comes before in {@code gzip} and {@code deflate}, and stays as it came in the
 * others. Never more than {@link #MAX_BYTES} come out of a body, nor of any layer of it. All of
 * these count as incomplete: nothing that needs a whole document finds one.
 */
public final class ContentCodings {
  /** A longer body is cut there. */
  public static final int MAX_BYTES = 16 << 20;

  /** Codings around a body. */
  public static final int MAX_CODINGS = 3;

  private static final String[] PLAIN = {};
  private static final Decoder GZIP = new GzipDecoder();
  private static final Decoder DEFLATE = new DeflateDecoder();
  private static final Decoder BROTLI = new BrotliDecoder();
  private static final Decoder ZSTD = new ZstdDecoder();

  private Decoded decoded = new Decoded(MAX_BYTES);
  private Decoded spare = new Decoded(MAX_BYTES);
  private boolean isDecoded;
  private boolean isWhole;
  private boolean isGivenUp;

  /**
   * Decodes a body.
   *
   * @param named its codings, in the order in which they were put on, with commas between them
   * @return what is wrong with it; nothing where it is its recording that was cut
   */
  public BodyFault decode(final ResponseView view, final String named) {
    isDecoded = false;
    isWhole = view.bodyComplete;
    final String[] names = view.bodyLength == 0 ? PLAIN : codings(named);
    if (names.length == 0) {
      return BodyFault.NONE;
    }
    final BodyFault fault = decode(names, view);
    isDecoded = fault != BodyFault.UNKNOWN_CODING && !isGivenUp;
    isWhole &= fault == BodyFault.NONE;
    return view.bodyComplete || !isOfCut(fault) ? fault : BodyFault.NONE;
  }

  /** What a body that was cut when it was recorded may seem to have. */
  private static boolean isOfCut(final BodyFault fault) {
    return fault == BodyFault.TRUNCATED || fault == BodyFault.MALFORMED;
  }

  /** Whether {@link #bytes} has the body; else it stays as it came. */
  public boolean isDecoded() {
    return isDecoded;
  }

  /** Whether the body is here to its end. */
  public boolean isWhole() {
    return isWhole;
  }

  /** An array that starts with the body; it holds until the next. */
  public byte[] bytes() {
    return decoded.bytes();
  }

  /** Bytes of the body. */
  public int length() {
    return decoded.length();
  }

  /** None for a body that is plain. */
  private static String[] codings(final String named) {
    return named.isEmpty()
        ? PLAIN
        : Arrays.stream(named.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty() && !name.equals("identity"))
            .toArray(String[]::new);
  }

  /** {@code null} for one that nothing here decodes. */
  private static Decoder decoder(final String name) {
    return switch (name) {
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "br" -> BROTLI;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  private BodyFault decode(final String[] names, final ResponseView view) {
    if (names.length > MAX_CODINGS
        || Arrays.stream(names).anyMatch(name -> decoder(name) == null)) {
      return BodyFault.UNKNOWN_CODING;
    }
    isGivenUp = false;
    byte[] coded = new byte[view.bodyLength];
    view.body.getBytes(view.bodyOffset, coded);
    int length = coded.length;
    BodyFault worst = BodyFault.NONE;
    for (int i = names.length - 1; i >= 0; i--) {
      final Decoded into = spare;
      into.clear();
      final Decoder decoder = decoder(names[i]);
      final BodyFault fault = decoder.decode(coded, length, into);
      if (fault == BodyFault.MALFORMED
          || (fault == BodyFault.TRUNCATED && !decoder.keepsBeginning())) {
        isGivenUp = worst == BodyFault.NONE; // else what an outer coding gave is taken
        return worst == BodyFault.NONE ? fault : worst;
      }
      worst = worst == BodyFault.NONE ? fault : worst;
      spare = decoded;
      decoded = into;
      coded = into.bytes();
      length = into.length();
    }
    return worst;
  }
}
