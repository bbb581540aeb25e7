package io.lockstep.engine.content.coding;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.InputStream;

/** {@code zstd} (RFC 8878), with windows up to 8 MiB, as RFC 9659 wants it on the web. */
final class ZstdDecoder extends StreamDecoder {
  @Override
  InputStream open(final InputStream coded) {
    return new ZstdInputStream(coded);
  }
}
