package io.lockstep.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.port.ResponseView;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A reader that has read other responses, and the same one before, reads what a fresh one reads.
 */
class RepeatedBodyTest {
  private static final String[] LINES = {
    "extract: {a: {json: '$.items[*].id', index: all}, b: {json: $.token}, c: {json: '$.n[*]'}}",
    "checks: [{json: $.total, equals: 12}, {json: $.total, min: 3}, {json: '$.items.length()', max: 1}]"
  };
  private static final String[] BODIES = {
    "{\"token\": \"a\", \"total\": 12, \"items\": [{\"id\": 1}]}",
    "{\"token\": \"b\", \"total\": 12, \"items\": [{\"id\": 1}]}",
    "{\"token\": \"a\", \"total\": 2.0, \"items\": [{\"id\": 1}, {\"id\": 2}]}",
    "{\"token\": \"a\", \"token\": \"c\", \"total\": \"12\", \"n\": {\"x\": 1}}",
    "{\"token\": \"a\", \"total\": 12, \"items\": [{\"id\": 1}]",
    "[]",
    ""
  };

  @Property(tries = 300)
  void whatWasReadBeforeChangesNothing(@ForAll final long seed) {
    final Random random = new Random(seed);
    final ContentReader used = new ContentReader(Responses.plan(LINES));
    for (int i = 0; i < 12; i++) {
      final ResponseView response =
          Responses.of(200, "X: y\n", BODIES[random.nextInt(BODIES.length)]);
      response.bodyComplete = random.nextInt(5) > 0;
      final ContentReader fresh = new ContentReader(Responses.plan(LINES));
      assertEquals(read(fresh, response), read(used, response), () -> "seed " + seed);
    }
  }

  private static String read(final ContentReader reader, final ResponseView response) {
    final Responses.Collected values = new Responses.Collected();
    reader.begin(response);
    final long missed = reader.extract(0, 1, 0, values);
    return values.byOrdinal + ", missed " + missed + ", failed " + reader.check(0);
  }
}
