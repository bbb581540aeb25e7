package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.content.response.ContentCoding;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.scenario.plan.RequestOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

class ResponseAdapterTest {
  private static final byte[] BODY = "{\"a\": \"ä☃\"}".repeat(100).getBytes(StandardCharsets.UTF_8);

  private final ResponseAdapter adapter = new ResponseAdapter();

  @Test
  void shouldShowWhatWasMeasuredAndKept() {
    final ResponseView view = adapter.of(completion("A: b\r\n", BODY));
    assertEquals(201, view.status);
    assertEquals(70, view.serviceNs);
    assertEquals(5_000, view.size);
    assertEquals("A: b\r\n", view.head.getStringWithoutLengthAscii(view.headOffset, 6));
    assertEquals(6, view.headLength);
    assertEquals(text(BODY), text(view));
    assertTrue(view.bodyComplete);
  }

  @Test
  void shouldShowNothingOfARequestThatGotNoResponse() {
    adapter.of(completion("A: b\r\n", BODY));
    final Completion failed = completion("A: b\r\n", BODY);
    failed.outcome = RequestOutcome.RESET;
    final ResponseView view = adapter.of(failed);
    assertEquals(0, view.status);
    assertEquals(0, view.headLength);
    assertEquals(0, view.bodyLength);
  }

  @Test
  void shouldShowNeitherHeadNorBodyWhereNoneWasKept() {
    final Completion completion = completion("A: b\r\n", BODY);
    completion.content.clear();
    final ResponseView view = adapter.of(completion);
    assertEquals(201, view.status);
    assertEquals(0, view.headLength);
    assertEquals(0, view.bodyLength);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "x-gzip", "GZIP", "deflate", "raw"})
  void shouldTakeTheContentCodingOff(final String coding) throws IOException {
    final String named = coding.equals("raw") ? "deflate" : coding;
    final ResponseView view =
        adapter.of(completion("Content-Encoding: " + named + "\r\n", coded(coding, BODY)));
    assertEquals(text(BODY), text(view));
    assertTrue(view.bodyComplete);
  }

  @ParameterizedTest
  @CsvSource({"br", "gzip, gzip"})
  void shouldLeaveABodyInAnotherCodingAsItCame(final String coding) {
    final ResponseView view = adapter.of(completion("content-encoding: " + coding + "\r\n", BODY));
    assertEquals(text(BODY), text(view));
    assertFalse(view.bodyComplete);
  }

  @Test
  void shouldLeaveABodyThatIsNotInItsCodingAsItCame() {
    final ResponseView view = adapter.of(completion("Content-Encoding: gzip\r\n", BODY));
    assertEquals(text(BODY), text(view));
    assertFalse(view.bodyComplete);
  }

  @Test
  void shouldShowTheBeginningOfACodedBodyThatWasCut() throws IOException {
    final byte[] random = new byte[50_000];
    new Random(1).nextBytes(random);
    final byte[] coded = coded("gzip", random);
    final ResponseView view =
        adapter.of(completion("Content-Encoding: gzip\r\n", Arrays.copyOf(coded, 30_000)));
    assertFalse(view.bodyComplete);
    assertTrue(view.bodyLength > 20_000, "of what came: " + view.bodyLength);
    final byte[] shown = new byte[view.bodyLength];
    view.body.getBytes(view.bodyOffset, shown);
    assertEquals(0, Arrays.compare(shown, Arrays.copyOf(random, shown.length)));
  }

  @Test
  void shouldCutABodyThatGrowsBeyondTheLimit() throws IOException {
    final byte[] bomb = coded("gzip", new byte[ContentCoding.MAX_BYTES + 1]);
    final ResponseView view = adapter.of(completion("Content-Encoding: gzip\r\n", bomb));
    assertEquals(ContentCoding.MAX_BYTES, view.bodyLength);
    assertFalse(view.bodyComplete);
    final byte[] full = coded("gzip", new byte[ContentCoding.MAX_BYTES]);
    assertTrue(adapter.of(completion("Content-Encoding: gzip\r\n", full)).bodyComplete);
  }

  @Property(tries = 300)
  void noCodedBodyMakesItFail(@ForAll final long seed) throws IOException {
    final Random random = new Random(seed);
    final String coding = random.nextBoolean() ? "gzip" : "deflate";
    final byte[] coded = coded(coding, BODY);
    for (int i = random.nextInt(4); i > 0; i--) {
      coded[random.nextInt(coded.length)] = (byte) random.nextInt();
    }
    final byte[] cut = Arrays.copyOf(coded, random.nextInt(coded.length + 1));
    final ResponseView view = adapter.of(completion("Content-Encoding: " + coding + "\r\n", cut));
    assertTrue(view.bodyLength >= 0 && view.bodyLength <= view.body.capacity());
  }

  private static byte[] coded(final String coding, final byte[] plain) throws IOException {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (OutputStream coder =
        switch (coding) {
          case "deflate" -> new DeflaterOutputStream(out);
          case "raw" -> new DeflaterOutputStream(out, raw);
          default -> new GZIPOutputStream(out);
        }) {
      coder.write(plain);
    } finally {
      raw.end();
    }
    return out.toByteArray();
  }

  private static Completion completion(final String head, final byte[] body) {
    final byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    final Completion completion = new Completion();
    completion.status = 201;
    completion.sentNs = 30;
    completion.lastByteNs = 100;
    completion.bytesReceived = 5_000;
    completion.content.wrap(Content.HEAD | Content.BODY, body.length);
    completion.content.head(padded(headBytes), 3, headBytes.length);
    completion.content.body(padded(body), 3, body.length);
    return completion;
  }

  private static UnsafeBuffer padded(final byte[] bytes) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 6]);
    buffer.putBytes(3, bytes);
    return buffer;
  }

  private static String text(final ResponseView view) {
    final byte[] bytes = new byte[view.bodyLength];
    view.body.getBytes(view.bodyOffset, bytes);
    return text(bytes);
  }

  private static String text(final byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
