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
    final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    final CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    final CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
    if (!result.isError()) {
      return new Diagnostics(new Source(name, chars.flip().toString()));
    }
    final int offset = chars.position();
    final Source lenient = new Source(name, new String(bytes, StandardCharsets.UTF_8));
    final Diagnostics diagnostics = new Diagnostics(lenient);
    diagnostics.add(
        Diagnostic.Kind.SYNTAX,
        offset,
        "the file is not UTF-8 text: a byte here belongs to no character",
        List.of("save it as UTF-8"));
    return diagnostics;
  }
}
