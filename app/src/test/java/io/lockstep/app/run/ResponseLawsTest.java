package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws of runs that read responses, on drawn scenarios: what is simulated twice is the same, byte
 * for byte; its replay is; and what is asked does not depend on the number of shards. Not looked
 * at: a real target, of which {@link ResponseRunTest} has one.
 */
final class ResponseLawsTest {
  private static final String[] METHODS = {"GET", "GET", "GET", "POST"};
  private static final String[] CHECKS = {
    "{status: 2xx, name: fine}",
    "{json: \"$.items[0].id\", min: 1, on_failure: end-iteration}",
    "{body: {contains: token}, on_failure: end-vu}",
    "{header: X-Kind, exists: true}",
    "{expression: 'status < 400 && len(json(\"$.items\")) > 1', name: two items}",
    "{expression: 'token == \"abc\"', name: the token}",
    "{size: {max: 1KiB}}",
    "{duration: {max: 5ms}}"
  };
  private static final String[] EXTRACTIONS = {
    "token: {json: \"$.token\"}",
    "id: {json: \"$.items[*].id\", index: random, type: integer, default: 0}",
    "all: {json: \"$.items[*].id\", index: all}",
    "kind: {header: X-Kind, transform: [upper]}",
    "none: {regex: 'nothing (.*)'}"
  };
  private static final String[] ANSWERS = {
    "{body: '{\"token\": \"abc\", \"items\": [{\"id\": 1}, {\"id\": 2}]}'}",
    "{status: 302, headers: {Location: /next, Set-Cookie: \"s=1; Max-Age=3\"}}",
    "{status: 307, headers: {Location: \"http://elsewhere.test/\"}}",
    "{status: 303, headers: {X-Kind: lost}}",
    "{headers: {ETag: '\"a\"', Cache-Control: max-age=1, X-Kind: kept}, body: kept}",
    "{headers: {ETag: '\"b\"'}, status: 304}",
    "{status: 500, headers: {Set-Cookie: \"t=2; Path=/\"}, body: '{\"items\": []}'}"
  };

  @TempDir private Path directory;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatIsDoneWithResponsesIsTheSameEachTime(final long seed) throws IOException {
    final String scenario = scenario(new Random(seed));
    Scenarios.write(directory, "drawn.yaml", scenario);
    final Invocation first = run("first", 1);
    assertEquals(0, first.code(), scenario + first.err());
    final Invocation again = run("again", 1);
    assertEquals(digest("journal", first), digest("journal", again), scenario);
    final Invocation sharded = run("sharded", 3);
    assertEquals(digest("generation", first), digest("generation", sharded), scenario);
    for (final String id : new String[] {"first", "sharded"}) {
      final Invocation replay = Invocation.of(directory, "replay", id);
      assertEquals(0, replay.code(), scenario + replay.out() + replay.err());
    }
  }

  private Invocation run(final String id, final int shards) {
    return Invocation.of(
        directory,
        "run",
        "drawn.yaml",
        "--simulate",
        "--name",
        id,
        "--shards",
        Integer.toString(shards));
  }

  private static String digest(final String which, final Invocation run) {
    final Matcher found = Pattern.compile(which + " digest +(\\w+)").matcher(run.out());
    assertEquals(true, found.find(), run.out());
    return found.group(1);
  }

  private static String scenario(final Random random) {
    final StringBuilder flow = new StringBuilder();
    final StringBuilder answers = new StringBuilder();
    final int requests = 2 + random.nextInt(5);
    for (int i = 0; i < requests; i++) {
      final boolean page = random.nextInt(4) == 0;
      final String step = page ? "request-" + i + "a" : "request-" + i;
      if (page) {
        flow.append("      - parallel: {max: 2}\n        requests:\n");
        request(random, "          ", step, "", flow);
        request(random, "          ", "request-" + i + "b", "", flow);
      } else {
        request(random, "      ", step, "request", flow);
      }
      answers.append("    ").append(step).append(": ").append(one(ANSWERS, random)).append('\n');
      if (random.nextBoolean()) {
        flow.append("      - think: ").append(1 + random.nextInt(700)).append("ms\n");
      }
    }
    return String.format(
        Locale.ROOT,
        """
        name: drawn
        seed: %d
        record: {bodies: %s}
        scenarios:
          one:
            load: %s
            cookies: %b
            redirects: %d
            cache: %b
            flow:
        %ssimulate:
          latency: {distribution: uniform, min: 1ms, max: 9ms}
          body: '{"token": "abc", "items": [{"id": 7}]}'
          requests:
        %s""",
        random.nextInt(1000),
        random.nextBoolean() ? "all" : "used",
        random.nextBoolean()
            ? "{executor: per-vu-iterations, vus: 7, iterations: 4}"
            : "{executor: constant-arrival-rate, rate: 40, duration: 2s, max_vus: 300}",
        random.nextBoolean(),
        random.nextInt(4),
        random.nextBoolean(),
        flow,
        answers);
  }

  private static void request(
      final Random random,
      final String indent,
      final String name,
      final String key,
      final StringBuilder to) {
    final boolean templated = random.nextInt(3) == 0;
    to.append(indent).append("- ").append(key.isEmpty() ? "" : key + ": ");
    to.append("{name: ").append(name).append(", method: ").append(one(METHODS, random));
    to.append(", path: \"/").append(random.nextInt(3)).append(templated ? "?t=${iteration}" : "");
    to.append("\", extract: {token: {json: \"$.token\"}, ");
    to.append(one(EXTRACTIONS, random).replace("token:", "again:"));
    to.append("}, checks: [").append(one(CHECKS, random)).append("]}\n");
  }

  private static String one(final String[] of, final Random random) {
    return of[random.nextInt(of.length)];
  }
}
