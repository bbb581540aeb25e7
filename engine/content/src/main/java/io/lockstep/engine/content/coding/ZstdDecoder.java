package io.lockstep.engine.content.coding;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** {@code zstd} (RFC 8878), with windows up to 8 MiB, as RFC 9659 wants it on the web. */
final class ZstdDecoder extends StreamDecoder {
  @Override
  Source open(final ByteArrayInputStream coded) {
    final ZstdInputStream in = new ZstdInputStream(coded);
    return in::read;
  }

  /** The library has another type for all that is wrong with what is there. */
  @Override
  boolean isOfEarlyEnd(final Exception fault) {
    return fault instanceof IOException;
  }
}
