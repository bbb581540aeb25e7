package io.lockstep.bench.micro;

import io.lockstep.engine.content.ContentReader;
import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.engine.core.port.ValueSink;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An extraction and two checks on a body of 1 KB: each another one, or each the same. */
@State(Scope.Thread)
public class Contents {
  private static final String PLAN =
      """
      name: t
      target: http://127.0.0.1
      scenarios:
        s:
          load: {executor: constant-vus, vus: 1, duration: 1s}
          think: 1s
          requests:
            - path: /
              extract: {token: {json: "$.next"}}
              checks: [{status: 200}, {json: "$.total", equals: 12}]
      """;
  private static final byte[] HEAD =
      "Content-Type: application/json\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ContentReader reader = reader();
  private final ResponseView odd = response("c8a1f04e77");
  private final ResponseView even = response("c8a1f04e78");
  private final Last sink = new Last();
  private long calls;

  @Benchmark
  public Object each() {
    return read((++calls & 1) == 0 ? even : odd);
  }

  @Benchmark
  public Object same() {
    return read(odd);
  }

  private Object read(final ResponseView response) {
    reader.begin(response);
    if (reader.extract(0, 1, 0, sink) != 0 || reader.check(0) != 0) {
      throw new IllegalStateException("nothing found, or a check failed");
    }
    return sink.value;
  }

  private static ContentReader reader() {
    try {
      return new ContentReader(ScenarioFile.parse("t.yaml", PLAN));
    } catch (final ScenarioException e) {
      throw new IllegalStateException(e.render(), e);
    }
  }

  private static ResponseView response(final String next) {
    final StringBuilder body = new StringBuilder("{\"items\": [");
    for (int i = 0; i < 12; i++) {
      body.append("{\"id\": ")
          .append(i)
          .append(", \"name\": \"article number ")
          .append(i)
          .append("\", \"price\": 3.50, \"stock\": true}, ");
    }
    body.append("null], \"total\": 12, \"next\": \"").append(next).append("\"}");
    final byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    final ResponseView view = new ResponseView();
    view.status = 200;
    view.head = new UnsafeBuffer(HEAD);
    view.headLength = HEAD.length;
    view.body = new UnsafeBuffer(bytes);
    view.bodyLength = bytes.length;
    view.size = (long) HEAD.length + bytes.length;
    return view;
  }

  /** Keeps what came last. */
  private static final class Last implements ValueSink {
    private Object value;

    @Override
    public void nothing(final int ordinal) {
      value = null;
    }

    @Override
    public void text(final int ordinal, final String text) {
      value = text;
    }

    @Override
    public void integer(final int ordinal, final long number) {
      value = number;
    }

    @Override
    public void decimal(final int ordinal, final double number) {
      value = number;
    }

    @Override
    public void truth(final int ordinal, final boolean truth) {
      value = truth;
    }

    @Override
    public void list(final int ordinal, final List<Object> values) {
      value = values;
    }
  }
}
