package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.Content;
import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.scenario.plan.RequestOutcome;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

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

  @Test
  void shouldLeaveABodyInItsCoding() {
    final ResponseView view = adapter.of(completion("Content-Encoding: gzip\r\n", BODY));
    assertEquals(text(BODY), text(view));
    assertTrue(view.bodyComplete);
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
