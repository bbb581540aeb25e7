package io.lockstep.app.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/** Writes one JSON object for programs, with a line feed at its end. */
final class JsonText {
  /** Raised when a key changes its meaning or goes away. */
  private static final int FORMAT = 1;

  private JsonText() {}

  static String of(final Body body) throws IOException {
    final StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      out.writeStartObject();
      out.writeNumberField("format", FORMAT);
      body.write(out);
      out.writeEndObject();
    }
    return text.append('\n').toString();
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator out) throws IOException;
  }
}
