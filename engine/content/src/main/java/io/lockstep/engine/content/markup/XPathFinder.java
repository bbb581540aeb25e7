package io.lockstep.engine.content.markup;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Numbers;
import javax.xml.XMLConstants;
import javax.xml.xpath.XPathEvaluationResult;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFactoryConfigurationException;
import javax.xml.xpath.XPathNodes;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** The text of each node that an XPath finds, in document order, or its string, number or truth. */
public final class XPathFinder implements Finder<Content> {
  private final Markup markup;
  private final XPathExpression expression;
  private final Matches found = new Matches();

  /** {@code expression} must be right. */
  public XPathFinder(final String expression, final Markup markup) {
    this.markup = markup;
    try {
      this.expression = compile(expression);
    } catch (final XPathExpressionException e) {
      throw new IllegalArgumentException("not an XPath: " + expression, e);
    }
  }

  static XPathExpression compile(final String expression) throws XPathExpressionException {
    final XPathFactory factory = XPathFactory.newDefaultInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    } catch (final XPathFactoryConfigurationException e) {
      throw new IllegalStateException("the JDK's own XPath refuses to be secure", e);
    }
    return factory.newXPath().compile(expression);
  }

  @Override
  public Matches find(final Content content) {
    found.clear();
    final Document document = markup.dom();
    if (document != null) {
      find(document);
    }
    return found;
  }

  private void find(final Document document) {
    try {
      final XPathEvaluationResult<?> result = expression.evaluateExpression(document);
      if (result.value() instanceof XPathNodes nodes) {
        for (final Node node : nodes) {
          found.add(node.getTextContent() == null ? "" : node.getTextContent());
        }
      } else if (result.value() instanceof Double number) {
        found.add(Numbers.text(number));
      } else {
        found.add(String.valueOf(result.value()));
      }
    } catch (final XPathExpressionException | RuntimeException e) {
      found.clear(); // an expression that this document gives no value
    }
  }
}
