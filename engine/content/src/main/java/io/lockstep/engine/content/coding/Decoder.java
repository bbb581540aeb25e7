package io.lockstep.engine.content.coding;

import io.lockstep.engine.core.port.BodyFault;

/** One content coding. Holds nothing from one body to the next. */
interface Decoder {
  /**
   * Decodes a body.
   *
   * @param into gets what comes out, also of a body that is cut
   * @return why that is not all of it; {@code NONE} where it is.
   */
  BodyFault decode(byte[] coded, int length, Decoded into);

  /** Whether what comes before the end of a body that ends early is taken. */
  default boolean keepsBeginning() {
    return true;
  }
}
