package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.RenderedRequest;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The rendered requests of the page that each VU is at: all of them are rendered when it begins, so
 * that none depends on how another one ends. Memory is spent once a VU begins a page that has
 * templates, and then kept for its next.
 */
final class VuPages {
  private static final int FIRST_BYTES = 1024;

  /** By local VU. */
  private final Page[] pages;

  private final RenderedRequest request = new RenderedRequest();

  VuPages(final int vus, final boolean anyDynamic) {
    pages = new Page[anyDynamic ? vus : 0];
  }

  /** What one VU has. */
  private static final class Page {
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[FIRST_BYTES]);
    private int length;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private long[] digests = new long[0];
  }

  /** A VU begins a page of so many requests. */
  void begin(final int vu, final int requests) {
    if (pages.length == 0) {
      return;
    }
    if (pages[vu] == null) {
      pages[vu] = new Page();
    }
    final Page page = pages[vu];
    page.length = 0;
    if (page.starts.length < requests) {
      page.starts = new int[requests];
      page.ends = new int[requests];
      page.digests = new long[requests];
    }
  }

  /** Keeps a rendered request of the page. */
  void put(final int vu, final int index, final long digest, final RenderedRequest rendered) {
    final Page page = pages[vu];
    final int end = Math.addExact(page.length, rendered.length());
    if (end > page.bytes.capacity()) {
      page.bytes.wrap(Arrays.copyOf(page.bytes.byteArray(), Math.max(end, page.length * 2)));
    }
    page.bytes.putBytes(page.length, rendered.buffer(), rendered.offset(), rendered.length());
    page.starts[index] = page.length;
    page.ends[index] = end;
    page.digests[index] = digest;
    page.length = end;
  }

  long digest(final int vu, final int index) {
    return pages[vu].digests[index];
  }

  /** A request of the page; valid until the next is asked for. */
  RenderedRequest get(final int vu, final int index) {
    final Page page = pages[vu];
    return request.wrap(page.bytes, page.starts[index], page.ends[index] - page.starts[index]);
  }
}
