package io.lockstep.engine.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final int MOST_REQUESTS = 10_000;
  private static final long ROOM_BYTES = 1L << 30;

  @Test
  void shouldHoldTheMostRequestsOfAFileInLessThanAGigabyte() {
    final Figures figures = new Figures(10, 0, 0);
    final RequestMetrics few = figures.request(0);
    assertEquals(3, few.service().getNumberOfSignificantValueDigits());

    final RequestMetrics many = new RequestMetrics(MOST_REQUESTS);
    assertEquals(2, many.service().getNumberOfSignificantValueDigits());
    final long bytes =
        MOST_REQUESTS
            * ((long) many.service().getEstimatedFootprintInBytes()
                + many.response().getEstimatedFootprintInBytes());
    assertTrue(bytes < ROOM_BYTES, bytes + " bytes");
  }
}
