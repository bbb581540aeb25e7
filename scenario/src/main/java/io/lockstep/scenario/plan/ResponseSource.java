package io.lockstep.scenario.plan;

import java.util.Optional;
import java.util.OptionalInt;

/** A place in a response that has texts. */
public sealed interface ResponseSource {
  /** What must be kept of the response. */
  default Capture capture() {
    return Capture.BODY;
  }

  /** Values at a JSONPath of the body. */
  record Json(String path) implements ResponseSource {}

  /** The result of a JMESPath expression on the body. */
  record JmesPath(String expression) implements ResponseSource {}

  /**
   * A group of each match of a regular expression (RE2) in the body; group 0 is the whole match.
   *
   * @param group empty for the first group, or the whole match where the pattern has no group
   */
  record Regex(String pattern, OptionalInt group) implements ResponseSource {}

  /** The result of an XPath 1.0 expression on an XML or HTML body. */
  record XPath(String expression) implements ResponseSource {}

  /** An attribute of each element that a CSS selector finds in the body, or else its text. */
  record Css(String selector, Optional<String> attribute) implements ResponseSource {}

  /** What lies between two texts in the body. */
  record Boundary(String left, String right) implements ResponseSource {}

  /** The values of a header, each field line one; names of headers ignore case. */
  record HeaderField(String name) implements ResponseSource {
    @Override
    public Capture capture() {
      return Capture.HEADERS;
    }
  }

  /** The value that the response sets a cookie to. */
  record Cookie(String name) implements ResponseSource {
    @Override
    public Capture capture() {
      return Capture.HEADERS;
    }
  }

  /** The status code. */
  record Status() implements ResponseSource {
    @Override
    public Capture capture() {
      return Capture.NONE;
    }
  }

  /** The whole body as text. */
  record Body() implements ResponseSource {}
}
