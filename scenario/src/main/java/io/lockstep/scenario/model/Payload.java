package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the body of a request is made of, where it is not written out as a text. */
public sealed interface Payload {
  /** It is a text, or there is none. */
  record Text() implements Payload {}

  /** The bytes of a file as they are. */
  record WholeFile(FileReference file) implements Payload {}

  /** Fields by name, {@code application/x-www-form-urlencoded}. */
  record Form(Map<String, SourceTemplate> fields) implements Payload {}

  /** Parts with heads of their own, {@code multipart/form-data} (RFC 7578). */
  record Multipart(List<Part> parts) implements Payload {
    public Multipart {
      parts = List.copyOf(parts);
    }
  }

  /** The templates in it. */
  default Stream<SourceTemplate> templates() {
    if (this instanceof Form form) {
      return form.fields().values().stream();
    }
    return this instanceof Multipart multipart
        ? multipart.parts().stream().flatMap(part -> part.value().stream())
        : Stream.empty();
  }

  /**
   * A part of a multipart body, which is a text or a file.
   *
   * @param name of the field
   * @param value the text, if it is one
   * @param file the file, if it is one
   * @param filename what the target is told of the file's name
   * @param type its {@code Content-Type}
   */
  record Part(
      String name,
      Optional<SourceTemplate> value,
      Optional<FileReference> file,
      Optional<String> filename,
      Optional<String> type) {}

  /**
   * A file that is named.
   *
   * @param path from the folder of the main file
   * @param offset where it is named
   */
  record FileReference(String path, int offset) {}
}
