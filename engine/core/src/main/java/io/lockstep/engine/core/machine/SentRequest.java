package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestCursor;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes a request that is being sent apart into what a person reads. */
final class SentRequest {
  private SentRequest() {}

  /**
   * What is sent.
   *
   * @param rendered null where the plan's own request is sent
   * @param digest of its logical form, as the journal has it
   */
  static Preview.Sent of(
      final RequestPlan request, final RenderedRequest rendered, final long digest) {
    if (rendered == null) {
      return new Preview.Sent(
          request.index(),
          request.method(),
          request.path(),
          request.headers(),
          body(
              request,
              request.bodyText().getBytes(StandardCharsets.UTF_8),
              request.filePositions()),
          digest);
    }
    final RequestCursor cursor = new RequestCursor().wrap(rendered);
    final String method = text(cursor);
    final String path = text(cursor);
    final List<Header> headers = new ArrayList<>();
    for (int i = cursor.count(); i > 0; i--) {
      headers.add(new Header(text(cursor), text(cursor)));
    }
    final byte[] texts = new byte[cursor.nextText()];
    cursor.buffer().getBytes(cursor.textOffset(), texts);
    final int[] positions = new int[cursor.files()];
    for (int i = 0; i < positions.length; i++) {
      cursor.nextFile();
      positions[i] = cursor.filePosition();
    }
    final String body = body(request, texts, positions);
    return new Preview.Sent(request.index(), method, path, headers, body, digest);
  }

  /** The texts of a body, with what is known of the files between them in their places. */
  private static String body(final RequestPlan request, final byte[] texts, final int[] positions) {
    final StringBuilder body = new StringBuilder();
    int from = 0;
    for (int i = 0; i < positions.length; i++) {
      final BodyFile file = request.sending().files().get(i);
      body.append(new String(texts, from, positions[i] - from, StandardCharsets.UTF_8));
      body.append(
          String.format(
              Locale.ROOT,
              "<file %s, %,d bytes, SHA-256 %s>",
              file.path(),
              file.bytes(),
              file.digest()));
      from = positions[i];
    }
    return body.append(new String(texts, from, texts.length - from, StandardCharsets.UTF_8))
        .toString();
  }

  private static String text(final RequestCursor cursor) {
    final byte[] utf8 = new byte[cursor.nextText()];
    cursor.buffer().getBytes(cursor.textOffset(), utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
