package io.lockstep.scenario.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void shouldCountLinesAsAnEditorDoes() {
    final Source source = new Source("f", "a\nb\r\nc\rd\u2028e\n");
    assertEquals(new Position("f", 1, 1), source.position(0));
    assertEquals(new Position("f", 1, 2), source.position(1));
    assertEquals(new Position("f", 2, 1), source.position(2));
    assertEquals(new Position("f", 3, 1), source.position(5));
    assertEquals(new Position("f", 4, 3), source.position(9));
    assertEquals(new Position("f", 5, 1), source.position(99));
  }

  @Test
  void shouldCountACharacterOutsideThePlaneAsOneColumn() {
    final Source source = new Source("f", "😀😀x");
    assertEquals(3, source.position(4).column());
    assertEquals(2, source.excerpt(4).caret());
  }

  @Test
  void shouldShowALongLineAroundThePlace() {
    final Source source = new Source("f", "a".repeat(500) + "X" + "b".repeat(500));
    final Source.Excerpt excerpt = source.excerpt(500);
    assertTrue(excerpt.text().length() <= 102, excerpt.text());
    assertEquals('X', excerpt.text().charAt(excerpt.caret()));
    assertTrue(excerpt.text().startsWith("…") && excerpt.text().endsWith("…"));
  }

  @Test
  void shouldShowTabsAsOneColumnAndNoControlCharacter() {
    final Source.Excerpt excerpt = new Source("f", "\t\u001b[1mx").excerpt(5);
    assertEquals(" \uFFFD[1mx", excerpt.text());
    assertEquals(5, excerpt.caret());
  }
}
