package io.lockstep.engine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.BodyDecoder;
import io.lockstep.engine.core.port.Content;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Of a body in a coding, nothing is kept that was not looked at. */
final class BodyMaskTest {
  private static final String HEAD = "Content-Encoding: gzip\r\nX-A: b\r\n";
  private static final String CODED = "coded bytes";

  @Test
  void shouldKeepWhatCameOutOfABodyThatIsTooLarge() {
    final Content content = masked("not a secret yet", false);
    assertEquals("not a secret yet", body(content));
    assertEquals("X-A: b\r\n", head(content));
    assertTrue(content.isTruncated());
    assertEquals("a <secret>", body(masked("a s3cret", false)));
    assertEquals("a <secret>", body(masked("a s3cr", false)));
  }

  @Test
  void shouldKeepNothingOfABodyOfWhichNothingComesOut() {
    final Content content = masked(null, false);
    assertEquals("", body(content));
    assertEquals(HEAD, head(content));
    assertTrue(content.isTruncated());
    assertEquals(CODED.length(), content.bodyLength());
  }

  @Test
  void shouldLeaveABodyAsItIsWhereAllOfItCameOutWithoutASecret() {
    final Content content = masked("nothing", true);
    assertEquals(CODED, body(content));
    assertEquals(HEAD, head(content));
    assertFalse(content.isTruncated());
  }

  @Test
  void shouldTakeABodyAsItIsWhereItsCodingIsNone() {
    assertEquals(CODED, body(masked(null, true)));
  }

  private static Content masked(final String decoded, final boolean isWhole) {
    final Needle needle = new Needle("s3cret".getBytes(UTF_8), "<secret>".getBytes(UTF_8), 0);
    final Content content = new Content();
    content.wrap(Content.HEAD | Content.BODY, CODED.length());
    content.head(new UnsafeBuffer(HEAD.getBytes(UTF_8)), 0, HEAD.length());
    content.body(new UnsafeBuffer(CODED.getBytes(UTF_8)), 0, CODED.length());
    new BodyMask(new Needles(List.of(needle)), found -> true, new Decoded(decoded, isWhole))
        .mask(content, List.of());
    return content;
  }

  private static String body(final Content content) {
    return content.body().getStringWithoutLengthUtf8(content.bodyOffset(), content.keptLength());
  }

  private static String head(final Content content) {
    return content.head().getStringWithoutLengthUtf8(content.headOffset(), content.headLength());
  }

  /** What comes out is said beforehand; {@code null} for nothing. */
  private record Decoded(String text, boolean isWhole) implements BodyDecoder {
    @Override
    public boolean decode(final Content content) {
      return true;
    }

    @Override
    public boolean isDecoded() {
      return text != null;
    }

    @Override
    public byte[] bytes() {
      return text.getBytes(UTF_8);
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return text.length();
    }
  }
}
