package io.lockstep.engine.content;

import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.engine.core.port.ValueSink;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Responses for tests, and plans with one request that reads them. */
final class Responses {
  private Responses() {}

  /** A plan whose one request has these lines, such as {@code checks: [{status: 200}]}. */
  static Plan plan(final String... lines) {
    try {
      return ScenarioFile.parse("t.yaml", file(lines));
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
  }

  static String file(final String... lines) {
    return """
        name: t
        target: http://127.0.0.1
        scenarios:
          s:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests:
              - path: /
        """
        + "        "
        + String.join("\n        ", lines)
        + "\n";
  }

  static ResponseView of(final int status, final String headers, final String body) {
    return of(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Header lines end with a line feed each; the buffers have something else on both sides. */
  static ResponseView of(final int status, final String headers, final byte[] body) {
    final ResponseView view = new ResponseView();
    final byte[] head = headers.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    view.status = status;
    view.head = padded(head);
    view.headOffset = 3;
    view.headLength = head.length;
    view.body = padded(body);
    view.bodyOffset = 3;
    view.bodyLength = body.length;
    view.size = (long) head.length + body.length;
    view.serviceNs = 5_000_000;
    return view;
  }

  private static DirectBuffer padded(final byte[] bytes) {
    final byte[] array = new byte[bytes.length + 10];
    Arrays.fill(array, (byte) '}');
    System.arraycopy(bytes, 0, array, 5, bytes.length);
    return new UnsafeBuffer(array, 2, bytes.length + 6);
  }

  /**
   * What the first extraction of a request gives: text such as {@code text a} or {@code nothing}.
   */
  static String extract(final String extraction, final ResponseView response) {
    final ContentReader reader = new ContentReader(plan("extract: {x: " + extraction + "}"));
    reader.begin(response);
    final Collected values = new Collected();
    reader.extract(0, 1, 0, values);
    return values.byOrdinal.get(0);
  }

  /** Whether a response meets a check. */
  static boolean check(final String check, final ResponseView response) {
    final ContentReader reader = new ContentReader(plan("checks: [" + check + "]"));
    reader.begin(response);
    return reader.check(0) == 0;
  }

  /** Keeps values as text. */
  static final class Collected implements ValueSink {
    final Map<Integer, String> byOrdinal = new TreeMap<>();

    @Override
    public void nothing(final int ordinal) {
      put(ordinal, "nothing");
    }

    @Override
    public void text(final int ordinal, final String value) {
      put(ordinal, "text " + value);
    }

    @Override
    public void integer(final int ordinal, final long value) {
      put(ordinal, "integer " + value);
    }

    @Override
    public void decimal(final int ordinal, final double value) {
      put(ordinal, "decimal " + value);
    }

    @Override
    public void truth(final int ordinal, final boolean value) {
      put(ordinal, "truth " + value);
    }

    @Override
    public void list(final int ordinal, final List<Object> values) {
      put(ordinal, "list " + values);
    }

    private void put(final int ordinal, final String value) {
      if (byOrdinal.put(ordinal, value) != null) {
        throw new AssertionError("two values for " + ordinal);
      }
    }
  }
}
