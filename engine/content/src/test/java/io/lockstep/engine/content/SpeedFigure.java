package io.lockstep.engine.content;

import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.engine.core.port.ValueSink;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints what an extraction and two checks cost on a body of 1 KiB, in nanoseconds: a figure for
 * people, not a test. Run its main method.
 */
final class SpeedFigure {
  /** CPU time, since other work on the machine is none of ours. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 15;
  private static final int CALLS = 200_000;

  private SpeedFigure() {}

  /** Measures and prints. */
  public static void main(final String[] args) {
    measure(
        "json, status, json",
        "extract: {t: {json: '$.items[3].id'}}",
        "checks: [{status: 200}, {json: $.token, exists: true}]");
    measure(
        "json, status, header",
        "extract: {t: {json: $.token}}",
        "checks: [{status: 200}, {header: content-type, contains: json}]");
    measure(
        "json[*], equals",
        "extract: {t: {json: '$.items[*].id', index: last}}",
        "checks: [{status: 200}, {json: '$.total', equals: 10}]");
    measure("status, duration", "checks: [{status: 200}, {duration: {max: 1s}}]");
    measure("filter", "extract: {t: {json: '$.items[?(@.id == 3)].name'}}");
    measure("regex", "extract: {t: {regex: '\"token\": \"([a-f0-9]+)\"'}}");
  }

  private static void measure(final String name, final String... lines) {
    final ContentReader reader = new ContentReader(Responses.plan(lines));
    final ResponseView response = Responses.of(200, "Content-Type: application/json\n", body());
    final Counting sink = new Counting();
    final double[] ns = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      final long start = CLOCK.getCurrentThreadCpuTime();
      for (int call = 0; call < CALLS; call++) {
        reader.begin(response);
        if (reader.extract(0, 1, call, sink) != 0 || reader.check(0) != 0) {
          throw new AssertionError("nothing found, or a check failed: " + name);
        }
      }
      ns[round] = (CLOCK.getCurrentThreadCpuTime() - start) / (double) CALLS;
    }
    Arrays.sort(ns);
    System.out.printf(
        Locale.ROOT,
        "%-22s %6.0f ns (%.0f to %.0f), result %d%n",
        name,
        ns[ROUNDS / 2],
        ns[0],
        ns[ROUNDS - 1],
        sink.count);
  }

  private static String body() {
    final StringBuilder body = new StringBuilder("{\"total\": 10, \"page\": 1, \"items\": [");
    for (int i = 0; i < 10; i++) {
      body.append(i == 0 ? "" : ", ")
          .append("{\"id\": ")
          .append(i)
          .append(", \"name\": \"item number ")
          .append(i)
          .append("\", \"price\": 12.50, \"tags\": [\"a\", \"b\"], \"stock\": true}");
    }
    body.append("], \"token\": \"0123456789abcdef0123456789abcdef\"}");
    while (body.length() < 1_024) {
      body.append(' ');
    }
    return body.toString();
  }

  /** Takes values and forgets them. */
  private static final class Counting implements ValueSink {
    private long count;

    @Override
    public void nothing(final int ordinal) {
      count++;
    }

    @Override
    public void text(final int ordinal, final String value) {
      count += value.length();
    }

    @Override
    public void integer(final int ordinal, final long value) {
      count += value;
    }

    @Override
    public void decimal(final int ordinal, final double value) {
      count++;
    }

    @Override
    public void truth(final int ordinal, final boolean value) {
      count++;
    }

    @Override
    public void list(final int ordinal, final List<Object> values) {
      count += values.size();
    }
  }
}
