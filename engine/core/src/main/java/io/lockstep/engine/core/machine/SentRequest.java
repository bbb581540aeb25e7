package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestCursor;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
          request.body(),
          digest);
    }
    final RequestCursor cursor = new RequestCursor().wrap(rendered);
    final String method = text(cursor);
    final String path = text(cursor);
    final List<Header> headers = new ArrayList<>();
    for (int i = cursor.count(); i > 0; i--) {
      headers.add(new Header(text(cursor), text(cursor)));
    }
    return new Preview.Sent(request.index(), method, path, headers, text(cursor), digest);
  }

  private static String text(final RequestCursor cursor) {
    final byte[] utf8 = new byte[cursor.nextText()];
    cursor.buffer().getBytes(cursor.textOffset(), utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
