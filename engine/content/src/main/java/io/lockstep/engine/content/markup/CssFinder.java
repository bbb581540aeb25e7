package io.lockstep.engine.content.markup;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** The text or an attribute of each element that a CSS selector finds, in document order. */
public final class CssFinder implements Finder<Content> {
  private final Markup markup;
  private final Evaluator selector;
  private final Optional<String> attribute;
  private final Matches found = new Matches();

  public CssFinder(final String selector, final Optional<String> attribute, final Markup markup) {
    this.markup = markup;
    this.selector = compile(selector);
    this.attribute = attribute;
  }

  static Evaluator compile(final String selector) {
    return Selector.evaluatorOf(selector);
  }

  @Override
  public Matches find(final Content content) {
    found.clear();
    for (final Element element : markup.html().select(selector)) {
      if (attribute.isEmpty()) {
        found.add(element.text());
      } else if (element.hasAttr(attribute.get())) {
        found.add(element.attr(attribute.get()));
      }
    }
    return found;
  }
}
