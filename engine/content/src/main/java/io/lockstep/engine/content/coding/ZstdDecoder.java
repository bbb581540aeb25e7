package io.lockstep.engine.content.coding;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;

/** {@code zstd} (RFC 8878), with windows up to 8 MiB, as RFC 9659 wants it on the web. */
final class ZstdDecoder extends StreamDecoder {
  @Override
  Source open(final ByteArrayInputStream coded) {
    final ZstdInputStream in = new ZstdInputStream(coded);
    return in::read;
  }
}
