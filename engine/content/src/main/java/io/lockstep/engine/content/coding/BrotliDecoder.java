package io.lockstep.engine.content.coding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.brotli.dec.BrotliInputStream;

/** {@code br} (RFC 7932). */
final class BrotliDecoder extends StreamDecoder {
  @Override
  Source open(final ByteArrayInputStream coded) throws IOException {
    final BrotliInputStream in = new BrotliInputStream(coded);
    return in::read;
  }

  /**
   * The library reads zeros behind the end and notices at the next block of input, unless they make
   * no sense before: then such a body looks like a wrong one.
   */
  @Override
  boolean isOfEarlyEnd(final Exception fault) {
    final String words = String.valueOf(fault.getCause());
    return words.contains("No more input") || words.contains("Read after end");
  }
}
