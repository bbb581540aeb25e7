package io.lockstep.scenario;

import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.data.FileFacts;
import io.lockstep.scenario.data.SentFile;
import io.lockstep.scenario.document.LoadOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the files whose bytes a plan's requests send, and reads each through once. Where a run is
 * read back nothing is opened: its manifest says what they were.
 */
final class SentFiles {
  /** Largest file that a request can send: 64 GiB. */
  static final long MAX_BYTES = 64L << 30;

  /** In place of a feeder's name, where the file is looked for. */
  private static final String NO_FEEDER = "";

  private static final int BUFFER_BYTES = 1 << 16;

  private final DataLocator locator;
  private final LoadOptions options;
  private final Map<String, FileFacts> factsByPath = new TreeMap<>();
  private final Map<String, SentFile> fileByPath = new TreeMap<>();

  SentFiles(final DataLocator locator, final LoadOptions options) {
    this.locator = locator;
    this.options = options;
  }

  /** Length and digest of a file. */
  FileFacts facts(final String path) throws IOException {
    final FileFacts known = factsByPath.get(path);
    if (known != null) {
      return known;
    }
    final Optional<FileFacts> recorded = options.sentFiles().apply(path);
    final FileFacts facts = recorded.isPresent() ? recorded.get() : read(path);
    factsByPath.put(path, facts);
    return facts;
  }

  /** Those that were read, by their paths. */
  List<SentFile> found() {
    return List.copyOf(fileByPath.values());
  }

  private FileFacts read(final String path) throws IOException {
    final Path file;
    try {
      file = locator.locate(NO_FEEDER, path);
    } catch (final InvalidPathException e) {
      throw new IOException(e.getReason(), e);
    }
    if (!Files.exists(file)) {
      throw new FileNotFoundException("there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is no regular file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(
          String.format(Locale.ROOT, "it has %,d bytes, at most %,d", Files.size(file), MAX_BYTES));
    }
    final FileFacts facts = digest(file);
    fileByPath.put(path, new SentFile(path, file, facts));
    return facts;
  }

  private static FileFacts digest(final Path file) throws IOException {
    final MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    final byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
        bytes += read;
      }
    }
    return new FileFacts(HexFormat.of().formatHex(sha.digest()), bytes);
  }
}
