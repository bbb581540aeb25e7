package io.lockstep.engine.content.markup;

import io.lockstep.engine.content.response.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The body as a tree of elements, each kind built when first needed. */
public final class Markup {
  private final Content content;
  private final DocumentBuilder builder;
  private long htmlSequence = -1;
  private Document html;
  private long xmlSequence = -1;
  private org.w3c.dom.Document xml;

  public Markup(final Content content) {
    this.content = content;
    builder = builder();
  }

  /** HTML, whatever the bytes are: browsers read anything, and so does this. */
  Document html() {
    if (htmlSequence != content.sequence()) {
      htmlSequence = content.sequence();
      html = Jsoup.parse(content.text());
    }
    return html;
  }

  /** What XPath walks: HTML where the response says so, else XML; {@code null} for neither. */
  org.w3c.dom.Document dom() {
    if (xmlSequence != content.sequence()) {
      xmlSequence = content.sequence();
      xml = content.isHtml() ? new W3CDom().namespaceAware(false).fromJsoup(html()) : parse();
    }
    return xml;
  }

  private org.w3c.dom.Document parse() {
    if (!content.isComplete()) {
      return null;
    }
    final InputSource source =
        content.charset() == null
            ? new InputSource(
                new ByteArrayInputStream(content.bytes(), content.offset(), content.length()))
            : new InputSource(new StringReader(content.text()));
    try {
      return builder.parse(source);
    } catch (final IOException | SAXException | RuntimeException e) {
      return null; // not XML, or XML with a document type
    }
  }

  /** Of the JDK, whatever else is on the class path; no document types, so no entities. */
  private static DocumentBuilder builder() {
    final DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setNamespaceAware(false);
      final DocumentBuilder made = factory.newDocumentBuilder();
      made.setErrorHandler(new DefaultHandler());
      return made;
    } catch (final ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own XML parser refuses its features", e);
    }
  }
}
