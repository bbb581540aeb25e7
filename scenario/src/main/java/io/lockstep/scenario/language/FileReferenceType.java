package io.lockstep.scenario.language;

import io.lockstep.scenario.document.Paths;
import io.lockstep.scenario.model.Payload;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Schema;
import io.lockstep.scenario.read.Schemas;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.Node;
import java.util.Optional;

/**
 * A path of a file whose bytes are sent, from the folder of the file that names it.
 *
 * @param expected what it is, with an article
 */
record FileReferenceType(String expected) implements Type<Payload.FileReference> {
  private static final int MAX_PATH = 4_096;

  @Override
  public Schema schema(final Schemas in) {
    return text().schema(in);
  }

  @Override
  public Payload.FileReference read(final Node node, final Reading in) {
    final String path = text().read(node, in);
    if (path == null) {
      return null;
    }
    return Paths.resolve(in.source(node).folder(), path)
        .map(resolved -> new Payload.FileReference(resolved, node.offset()))
        .orElseGet(() -> in.bad(node, "this is not a path"));
  }

  private TextType text() {
    return new TextType(expected, false, FileReferenceType::fault);
  }

  private static Optional<String> fault(final String path) {
    if (path.isBlank()) {
      return Optional.of("is blank");
    }
    if (path.contains("${")) {
      return Optional.of(
          "is a template, which a path of a file cannot be: it is read before a run");
    }
    if (path.length() > MAX_PATH) {
      return Optional.of("is longer than " + MAX_PATH + " characters");
    }
    return path.codePoints().anyMatch(Character::isISOControl)
        ? Optional.of("has a character in it that cannot be printed")
        : Optional.empty();
  }
}
