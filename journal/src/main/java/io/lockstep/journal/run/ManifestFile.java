package io.lockstep.journal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockstep.journal.block.DamagedJournalException;
import io.lockstep.journal.block.NewerFormatException;
import io.lockstep.journal.queue.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A manifest as a file: JSON with the SHA-256 of itself as its last key. It has one spelling only,
 * and is compared with that as it is read, so that every flipped bit is noticed.
 */
final class ManifestFile {
  private static final String DIGEST_KEY = "manifestDigest";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectWriter WRITER = MAPPER.writer(printer());

  private ManifestFile() {}

  static void write(final Path path, final Manifest manifest) {
    try {
      AtomicFile.write(path, bytes(manifest));
    } catch (final IOException e) {
      throw new RunException(
          String.format(Locale.ROOT, "cannot write %s: %s", path, IoReason.of(e)), e);
    }
  }

  static Manifest read(final Path path) {
    if (Files.isDirectory(path)) {
      throw damaged(path, "it is a directory");
    }
    try {
      return parse(path, Files.readAllBytes(path));
    } catch (final NoSuchFileException e) {
      throw damaged(path, "it is missing");
    } catch (final IOException e) {
      throw new RunException(
          String.format(Locale.ROOT, "cannot read %s: %s", path, IoReason.of(e)), e);
    }
  }

  /** {@code path} is for messages only. */
  static Manifest parse(final Path path, final byte[] stored) {
    try {
      final JsonNode tree = MAPPER.readTree(stored);
      final int version = tree.path("formatVersion").asInt();
      if (version > Manifest.FORMAT_VERSION) {
        throw new NewerFormatException(path.toString(), version, Manifest.FORMAT_VERSION);
      }
      if (!(tree instanceof ObjectNode object) || object.remove(DIGEST_KEY) == null) {
        throw damaged(path, "it has no " + DIGEST_KEY);
      }
      final Manifest manifest = MAPPER.treeToValue(object, Manifest.class);
      if (manifest.formatVersion() != Manifest.FORMAT_VERSION
          || !Arrays.equals(stored, bytes(manifest))) {
        throw damaged(path, "it is not what its " + DIGEST_KEY + " says");
      }
      return manifest;
    } catch (final JsonProcessingException e) {
      throw damaged(path, "it is no manifest: " + e.getOriginalMessage());
    } catch (final IOException | IllegalArgumentException | NullPointerException e) {
      throw damaged(path, "it is no manifest: " + e.getMessage());
    }
  }

  private static byte[] bytes(final Manifest manifest) throws IOException {
    final ObjectNode tree = MAPPER.valueToTree(manifest);
    tree.put(DIGEST_KEY, Sha256.hex(WRITER.writeValueAsBytes(tree)));
    return WRITER.writeValueAsBytes(tree);
  }

  private static DamagedJournalException damaged(final Path path, final String what) {
    return new DamagedJournalException(path.toString(), what);
  }

  private static DefaultPrettyPrinter printer() {
    final DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    final DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }
}
