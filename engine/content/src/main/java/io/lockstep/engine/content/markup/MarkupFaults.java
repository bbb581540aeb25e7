package io.lockstep.engine.content.markup;

import java.util.Optional;
import javax.xml.xpath.XPathExpressionException;

/** What is wrong with a text in one of the languages for markup. */
public final class MarkupFaults {
  private MarkupFaults() {}

  /** Of a CSS selector; throws where the library does. */
  public static Optional<String> css(final String text) {
    CssFinder.compile(text);
    return Optional.empty();
  }

  /** Of an XPath expression. */
  public static Optional<String> xpath(final String text) {
    try {
      XPathFinder.compile(text);
      return Optional.empty();
    } catch (final XPathExpressionException e) {
      final Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(
          cause.getMessage() == null ? "the JDK cannot compile it" : cause.getMessage());
    }
  }
}
