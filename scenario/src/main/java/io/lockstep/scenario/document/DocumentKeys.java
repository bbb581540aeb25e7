package io.lockstep.scenario.document;

import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.TextType;
import java.util.List;
import java.util.Optional;

/** The keys of a file that are used up before it is read. */
public final class DocumentKeys {
  /** Paths of files to start from. */
  public static final Key<List<String>> INCLUDE =
      Key.optional(
          "include",
          new ListType<>(
              "files",
              new TextType("a path such as common.yaml", false, DocumentKeys::pathFault),
              Includer.MAX_INCLUDES),
          "files to start from, relative to this one; maps are merged deep, a later file wins over"
              + " an earlier one, this file over all");

  /** Name of the key that holds the environments. */
  public static final String ENV_NAME = "env";

  private DocumentKeys() {}

  private static Optional<String> pathFault(final String path) {
    return path.isBlank() ? Optional.of("is blank") : Optional.empty();
  }
}
