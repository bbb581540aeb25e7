package io.lockstep.engine.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestCursor;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.core.port.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.junit.jupiter.api.Test;

/** Both ends of the queue on one thread. */
final class TransportQueueTest {
  private static final int SMALL = 100;
  private static final int LARGE = 400_000;

  private final List<String> received = new ArrayList<>();
  private final TransportQueue queue =
      new TransportQueue(0, NoOpIdleStrategy.INSTANCE, System::nanoTime, () -> false);
  private final TransportAgent agent = new TransportAgent("t", new Listing(), queue);
  private final RequestRenderer renderer = new RequestRenderer();

  @Test
  void shouldCarryRenderedRequestsOfAnySizeInOrder() {
    for (int round = 0; round < 20; round++) {
      send(1, SMALL);
      queue.send(2, 7, 1, 0, 0, 0, null);
      send(3, LARGE);
      send(4, 0);
      queue.cancel(1, 1);
      agent.doWork();
      assertEquals(List.of("1:/" + SMALL, "2:null", "3:/" + LARGE, "4:/0", "cancel 1"), received);
      received.clear();
    }
    assertEquals(0, queue.stallNs());
  }

  private void send(final int vu, final int bodyLength) {
    renderer.begin().text("POST").text("/" + bodyLength).headers(0).beginText();
    for (int i = 0; i < bodyLength; i++) {
      renderer.put((byte) ('a' + (vu + i) % 26));
    }
    queue.send(vu, 0, 1, 0, 0, 0, renderer.endText().request());
  }

  private final class Listing implements Transport {
    @Override
    public void send(
        final int vu,
        final int request,
        final int requestSeq,
        final long streamKey,
        final long tick,
        final long intendedNs,
        final RenderedRequest rendered) {
      if (rendered == null) {
        received.add(vu + ":null");
        return;
      }
      final RequestCursor cursor = new RequestCursor().wrap(rendered);
      cursor.nextText();
      final byte[] path = new byte[cursor.nextText()];
      cursor.buffer().getBytes(cursor.textOffset(), path);
      cursor.count();
      cursor.nextText();
      for (int i = 0; i < cursor.textLength(); i++) {
        final byte b = cursor.buffer().getByte(cursor.textOffset() + i);
        assertEquals((byte) ('a' + (vu + i) % 26), b);
      }
      assertTrue(path.length > 0);
      received.add(vu + ":" + new String(path, StandardCharsets.US_ASCII));
    }

    @Override
    public void cancel(final int vu, final int requestSeq) {
      received.add("cancel " + vu);
    }

    @Override
    public int poll(final long tick, final CompletionHandler handler, final int limit) {
      return 0;
    }

    @Override
    public long nextTick() {
      return NULL_TICK;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
