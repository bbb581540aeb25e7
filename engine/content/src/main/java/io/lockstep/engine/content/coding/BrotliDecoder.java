package io.lockstep.engine.content.coding;

import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/** {@code br} (RFC 7932). */
final class BrotliDecoder extends StreamDecoder {
  @Override
  InputStream open(final InputStream coded) throws IOException {
    return new BrotliInputStream(coded);
  }
}
