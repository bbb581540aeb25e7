package io.lockstep.engine.content.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.ResponseView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingsTest {
  private static final String TEXT = "{\"a\": \"ä☃\"}".repeat(100);
  private static final byte[] BODY = TEXT.getBytes(StandardCharsets.UTF_8);

  /** Of {@link #BODY}, by the brotli of Node.js 20. */
  private static final String BROTLI = "G3cF+J0H2dnixBm+KAb21GpPPEXCSGsQs0F0+oaFg/EAJBHxEw==";

  /** Of {@link #BODY}, by zstd 1.5. */
  private static final String ZSTD = "KLUv/WR4BK0AAHB7ImEiOiAiw6TimIMifQEAZ8U/lfHLwOU=";

  /** Of as many zero bytes as are taken, and of one more, by the brotli of Node.js 20. */
  private static final String BROTLI_FULL = "y///P/gnAOKxQCD3/i/////wTwDEYRGA7v0f";

  private static final String BROTLI_BOMB = "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0fAAACAAM=";

  private final ContentCodings codings = new ContentCodings();

  @ParameterizedTest
  @CsvSource({"gzip,gzip", "x-gzip,gzip", "GZIP,gzip", "deflate,deflate", "deflate,raw", "br,br"})
  @CsvSource({"zstd,zstd", "zstd,zstd-library", "'gzip,br','gzip,br'", "'br, gzip','br,gzip'"})
  @CsvSource({"'identity, gzip',gzip", "'deflate,zstd-library,gzip','deflate,zstd-library,gzip'"})
  void shouldTakeTheContentCodingsOff(final String named, final String put) throws IOException {
    final String header = named.replace("-library", "");
    assertEquals(BodyFault.NONE, decode(header, coded(put, BODY)));
    assertTrue(codings.isDecoded());
    assertTrue(codings.isWhole());
    assertEquals(TEXT, text());
  }

  @Test
  void shouldTakeOffCodingsOfSeveralHeaderLines() throws IOException {
    final byte[] body = coded("deflate,gzip", BODY);
    final ResponseView view =
        view("Content-Encoding: deflate\r\nX: y\r\ncontent-encoding: gzip\r\n", body);
    final Content content = new Content();
    content.begin(view);
    assertEquals(BodyFault.NONE, content.fault(), "nobody has looked");
    assertEquals(TEXT, content.text());
    assertEquals(BodyFault.NONE, content.fault());
    assertTrue(content.isComplete());
  }

  @Test
  void shouldReadOneGzipMemberAfterTheOther() throws IOException {
    final byte[] one = coded("gzip", BODY);
    final byte[] two = Arrays.copyOf(one, 2 * one.length + 3);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertEquals(BodyFault.NONE, decode("gzip", two), "three zero bytes behind are no member");
    assertEquals(TEXT + TEXT, text());
  }

  @Test
  void shouldLeaveAPlainOrEmptyBodyAlone() {
    for (final String coding : new String[] {"identity", ""}) {
      assertEquals(BodyFault.NONE, decode(coding, BODY));
      assertFalse(codings.isDecoded());
      assertTrue(codings.isWhole());
    }
    assertEquals(BodyFault.NONE, decode("gzip", new byte[0]), "a response to HEAD");
    assertTrue(codings.isWhole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"compress", "gzip, sdch", "gzip,gzip,gzip,gzip"})
  void shouldNotDecodeWhatItDoesNotKnowOrTooManyLayers(final String coding) {
    assertEquals(BodyFault.UNKNOWN_CODING, decode(coding, BODY));
    assertFalse(codings.isDecoded());
    assertFalse(codings.isWhole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void shouldLeaveABodyThatIsNotInItsCodingAsItCame(final String coding) {
    assertEquals(BodyFault.MALFORMED, decode(coding, BODY));
    assertFalse(codings.isDecoded());
    assertFalse(codings.isWhole());
  }

  @Test
  void shouldHoldGzipToItsChecksumAndLength() throws IOException {
    for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
      final byte[] wrong = coded("gzip", BODY);
      wrong[wrong.length - fromEnd] ^= 1;
      assertEquals(BodyFault.MALFORMED, decode("gzip", wrong), "byte " + fromEnd);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void shouldShowTheBeginningOfABodyThatEndsEarly(final String coding) throws IOException {
    final byte[] random = new byte[300_000];
    new Random(1).nextBytes(random);
    final byte[] coded = coded(coding, random);
    for (int missing = 1; missing < 10; missing++) {
      final byte[] cut = Arrays.copyOf(coded, coded.length - missing);
      assertEquals(BodyFault.TRUNCATED, decode(coding, cut), "without " + missing);
      assertFalse(codings.isWhole());
      assertTrue(codings.length() > 100_000, "of what came: " + codings.length());
      assertEquals(
          0,
          Arrays.compare(
              Arrays.copyOf(codings.bytes(), codings.length()),
              Arrays.copyOf(random, codings.length())));
    }
    assertEquals(BodyFault.TRUNCATED, decode(coding, Arrays.copyOf(coded, 1)));
  }

  @ParameterizedTest
  @CsvSource({"br," + BROTLI, "zstd," + ZSTD})
  void shouldTakeNothingOfOtherBodiesThatEndEarly(final String coding, final String body) {
    final byte[] coded = Base64.getDecoder().decode(body);
    int told = 0;
    for (int length = 1; length < coded.length; length++) {
      final BodyFault fault = decode(coding, Arrays.copyOf(coded, length));
      assertTrue(fault == BodyFault.TRUNCATED || fault == BodyFault.MALFORMED, length + " bytes");
      told += fault == BodyFault.TRUNCATED ? 1 : 0;
      assertFalse(codings.isDecoded());
    }
    final int all = coded.length - 1;
    assertTrue(coding.equals("zstd") ? told == all : told > 0, told + " of " + all + " were told");
  }

  @Test
  void shouldNotBlameTheTargetForABodyThatWasCutWhenItWasRecorded() throws IOException {
    for (final String coding : new String[] {"gzip", "deflate", "br", "zstd"}) {
      final byte[] coded = coded(coding, BODY);
      final ResponseView view =
          view("Content-Encoding: " + coding + "\r\n", Arrays.copyOf(coded, coded.length - 2));
      view.bodyComplete = false;
      assertEquals(BodyFault.NONE, codings.decode(view, coding), coding);
      assertFalse(codings.isWhole(), coding);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw", "br", "zstd-library", "gzip,gzip"})
  void shouldCutABodyThatGrowsBeyondTheLimit(final String coding) throws IOException {
    final String named = coding.replace("-library", "").replace("raw", "deflate");
    assertEquals(BodyFault.TOO_LARGE, decode(named, zeros(coding, ContentCodings.MAX_BYTES + 1)));
    assertEquals(ContentCodings.MAX_BYTES, codings.length());
    assertFalse(codings.isWhole());
    assertEquals(BodyFault.NONE, decode(named, zeros(coding, ContentCodings.MAX_BYTES)));
    assertEquals(ContentCodings.MAX_BYTES, codings.length());
    assertTrue(codings.isWhole());
  }

  /** Zero bytes, coded. */
  private static byte[] zeros(final String coding, final int count) throws IOException {
    if (coding.equals("br")) {
      final boolean fits = count <= ContentCodings.MAX_BYTES;
      return Base64.getDecoder().decode(fits ? BROTLI_FULL : BROTLI_BOMB);
    }
    return coded(coding, new byte[count]);
  }

  @Property(tries = 3_000)
  void noCodedBodyMakesItFailAndEachDecodesTheSameAgain(@ForAll final long seed)
      throws IOException {
    final Random random = new Random(seed);
    final String coding =
        new String[] {"gzip", "deflate", "br", "zstd", "zstd-library"}[random.nextInt(5)];
    final byte[] coded = coded(coding, BODY);
    for (int i = random.nextInt(4); i > 0; i--) {
      coded[random.nextInt(coded.length)] = (byte) random.nextInt();
    }
    final byte[] cut =
        random.nextBoolean() ? coded : Arrays.copyOf(coded, random.nextInt(coded.length + 1));
    final String named = coding.replace("-library", "");
    final BodyFault fault = decode(named, cut);
    final boolean decoded = codings.isDecoded();
    final String text = decoded ? text() : "";
    assertTrue(codings.length() <= ContentCodings.MAX_BYTES);
    assertEquals(fault, decode(named, cut));
    assertEquals(decoded, codings.isDecoded());
    assertEquals(text, decoded ? text() : "");
  }

  private BodyFault decode(final String coding, final byte[] body) {
    return codings.decode(view("", body), coding);
  }

  private static ResponseView view(final String head, final byte[] body) {
    final byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    final ResponseView view = new ResponseView();
    view.status = 200;
    view.head = new UnsafeBuffer(headBytes);
    view.headLength = headBytes.length;
    view.body = new UnsafeBuffer(body);
    view.bodyLength = body.length;
    return view;
  }

  private String text() {
    return new String(codings.bytes(), 0, codings.length(), StandardCharsets.UTF_8);
  }

  /** A body in these codings, the first put on first; Brotli's is always that of {@link #BODY}. */
  private static byte[] coded(final String codings, final byte[] plain) throws IOException {
    byte[] coded = plain;
    for (final String coding : codings.split(",", -1)) {
      coded =
          switch (coding) {
            case "br" -> Base64.getDecoder().decode(coded == BODY ? BROTLI : bodyIn(coded));
            case "zstd" -> Base64.getDecoder().decode(ZSTD);
            default -> put(coding, coded);
          };
    }
    return coded;
  }

  /** A Brotli stream of one stored block: RFC 7932, section 9.2. */
  private static String bodyIn(final byte[] plain) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final int length = plain.length - 1;
    // window of 16 bits: 0; not last: 0; four nibbles: 00; length in 16 bits; stored: 1
    final int bits = (length << 4) | (1 << 20);
    out.write(bits);
    out.write(bits >> 8);
    out.write(bits >> 16);
    out.writeBytes(plain);
    out.write(3); // last and empty
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  private static byte[] put(final String coding, final byte[] plain) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (OutputStream coder =
        switch (coding) {
          case "deflate" -> new DeflaterOutputStream(out);
          case "raw" -> new DeflaterOutputStream(out, raw);
          case "zstd-library" -> new ZstdOutputStream(out);
          default -> new GZIPOutputStream(out);
        }) {
      coder.write(plain);
    } finally {
      raw.end();
    }
    return out.toByteArray();
  }
}
