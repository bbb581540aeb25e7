package io.lockstep.scenario.plan;

/** Languages that texts in a plan are written in and that others evaluate. */
public enum QueryLanguage {
  /** Paths into JSON. */
  JSON_PATH("a JSONPath"),
  /** Expressions over JSON. */
  JMES_PATH("a JMESPath expression"),
  /** Regular expressions in RE2's syntax, which match in linear time. */
  REGEX("a regular expression"),
  /** XPath 1.0. */
  XPATH("an XPath 1.0 expression"),
  /** Selectors of elements. */
  CSS("a CSS selector"),
  /** JSON Schema, draft 2020-12 unless the schema names another. */
  JSON_SCHEMA("a JSON Schema");

  private final String words;

  QueryLanguage(final String words) {
    this.words = words;
  }

  /** Its name with an article, for messages. */
  public String words() {
    return words;
  }
}
