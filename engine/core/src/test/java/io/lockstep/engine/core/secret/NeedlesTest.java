package io.lockstep.engine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Needles are found wherever they are, and what is left has none. */
final class NeedlesTest {
  private static final String SECRET = "s3cret/ö+value?";

  @Test
  void shouldReplaceTheLongestOfSeveral() {
    final Needles needles = needles("abcd", "abcdef", "bcde");
    assertEquals("<abcdef>-<abcd>e-<bcde>", replaced(needles, "abcdef-abcde-bcde", false));
    assertEquals("abc", replaced(needles, "abc", false));
    assertEquals("", replaced(needles, "", false));
  }

  @Test
  void shouldLeaveOutWhatWouldBeFoundByChance() {
    assertEquals("abc", replaced(needles("abc"), "abc", false));
  }

  @Test
  void shouldReplaceWhatIsCutAtTheEndWhereItTellsSomething() {
    final Needles needles = needles("abcdefgh");
    assertEquals("x<abcdefgh>", replaced(needles, "xabcde", true));
    assertEquals("xabcde", replaced(needles, "xabcde", false));
    assertEquals("xabc", replaced(needles, "xabc", true));
    assertEquals("<abcdefgh>", replaced(needles, "abcdefgh", true));
  }

  @Test
  void shouldReplaceTheLongestThatIsCutAtTheEndOfAllThatAreLookedFor() {
    final Replacing replacing = new Replacing(needles("efgh-known"), needle -> true);
    final Needle made = new Needle("cdefgh-made".getBytes(UTF_8), "<made>".getBytes(UTF_8), 0);
    final byte[] text = "abcdefgh-".getBytes(UTF_8);
    replacing.append(text, 0, text.length, List.of(made), true);
    assertEquals("ab<made>", new String(replacing.bytes(), 0, replacing.length(), UTF_8));
    replacing.clear();
    replacing.append(text, 0, 5, List.of(made), true);
    assertEquals("abcde", new String(replacing.bytes(), 0, replacing.length(), UTF_8));
  }

  @Test
  void shouldFindEveryFormAndPutBackWhatWasThere() {
    final SecretForms forms = new SecretForms().add(0, "key", SECRET.getBytes(UTF_8));
    final Needles needles = new Needles(forms.needles());
    final Needles marks = new Needles(forms.marks());
    final String url = "s3cret%2F%C3%B6%2Bvalue%3F";
    assertEquals("${secrets.key:url}", replaced(needles, url, false));
    assertEquals("${secrets.key:url}", replaced(needles, "s3cret%2f%c3%b6%2bvalue%3f", false));
    assertEquals("\"${secrets.key}\"", replaced(needles, "\"s3cret\\/\\u00f6+value?\"", false));
    for (final String user : List.of("", "u:", "us:", "user:")) {
      final String coded =
          Base64.getEncoder().encodeToString((user + SECRET + ";more").getBytes(UTF_8));
      final String masked = replaced(needles, coded, false);
      assertTrue(masked.contains("${secrets.key:base64."), masked);
      assertEquals(coded, replaced(marks, masked, false));
    }
    assertEquals("x" + url, replaced(marks, "x%24%7Bsecrets.key%7D", false));
    assertEquals("x" + SECRET, replaced(marks, "x$%7Bsecrets.key%7D", false));
  }

  @Test
  void shouldTellPiecesFromWholes() {
    final SecretForms forms = new SecretForms().add(0, "x", SECRET.getBytes(UTF_8));
    assertFalse(SecretForms.isPiece(forms.needles().get(0)));
    assertTrue(forms.needles().stream().anyMatch(SecretForms::isPiece));
  }

  @Property(tries = 300)
  void whatIsLeftHasNoNeedle(@ForAll final long seed) {
    final Random random = new Random(seed);
    final List<Needle> all = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(6); i++) {
      all.add(new Needle(letters(random, 4 + random.nextInt(4)), new byte[] {'#'}, i));
    }
    final byte[] text = letters(random, random.nextInt(300));
    final Replacing replacing = new Replacing(new Needles(all), needle -> true);
    replacing.append(text, 0, text.length, List.of(), false);
    final String left = new String(replacing.bytes(), 0, replacing.length(), UTF_8);
    for (final Needle needle : all) {
      assertFalse(left.contains(new String(needle.bytes(), UTF_8)), left);
    }
    final boolean any =
        all.stream()
            .anyMatch(
                needle -> new String(text, UTF_8).contains(new String(needle.bytes(), UTF_8)));
    assertEquals(any, replacing.isFound());
  }

  private static byte[] letters(final Random random, final int count) {
    final byte[] out = new byte[count];
    for (int i = 0; i < count; i++) {
      out[i] = (byte) ('a' + random.nextInt(2));
    }
    return out;
  }

  private static Needles needles(final String... texts) {
    return new Needles(
        Arrays.stream(texts)
            .map(text -> new Needle(text.getBytes(UTF_8), ("<" + text + ">").getBytes(UTF_8), 0))
            .toList());
  }

  private static String replaced(final Needles needles, final String text, final boolean isCut) {
    final Replacing replacing = new Replacing(needles, needle -> true);
    final byte[] bytes = text.getBytes(UTF_8);
    replacing.append(bytes, 0, bytes.length, List.of(), isCut);
    return new String(replacing.bytes(), 0, replacing.length(), UTF_8);
  }
}
