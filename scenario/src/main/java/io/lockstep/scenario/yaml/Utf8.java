package io.lockstep.scenario.yaml;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Strict decoding of a file's bytes. */
public final class Utf8 {
  private Utf8() {}

  /** The text of a file; where its bytes are not UTF-8, an error about the first that is not. */
  public static Diagnostics decode(final String name, final byte[] bytes) {
    final Decoded decoded = decode(bytes);
    final Diagnostics diagnostics = new Diagnostics(new Source(name, decoded.text()));
    decoded.report(diagnostics, 0);
    return diagnostics;
  }

  /** The text of bytes, with what could be made of those that are none. */
  public static Decoded decode(final byte[] bytes) {
    final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    final CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    final CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
    return result.isError()
        ? new Decoded(new String(bytes, StandardCharsets.UTF_8), chars.position())
        : new Decoded(chars.flip().toString(), Decoded.SOUND);
  }

  /**
   * A decoded text.
   *
   * @param text all of it
   * @param faultAt where the first character is whose bytes are none, or {@link #SOUND}
   */
  public record Decoded(String text, int faultAt) {
    /** All bytes belong to characters. */
    public static final int SOUND = -1;

    /** Reports the fault, if there is one; {@code base} is the offset of the first char. */
    public boolean report(final Diagnostics diagnostics, final int base) {
      if (faultAt == SOUND) {
        return false;
      }
      diagnostics.add(
          Diagnostic.Kind.SYNTAX,
          base + faultAt,
          "the file is not UTF-8 text: a byte here belongs to no character",
          List.of("save it as UTF-8"));
      return true;
    }
  }
}
