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
}
