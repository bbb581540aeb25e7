package io.lockstep.engine.transport.body;

import io.lockstep.engine.core.port.FeederException;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Sending;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files that the requests of a plan send, open for one shard. Each content is open once. */
public final class BodyStore implements AutoCloseable {
  private static final StoredFile[] NO_FILES = {};

  private final Map<String, StoredFile> fileByDigest = new HashMap<>();
  private final StoredFile[][] filesByRequest;
  private final Sending[] sendings;
  private final boolean[] plainByRequest;
  private boolean plain = true;

  private BodyStore(final int requests) {
    filesByRequest = new StoredFile[requests][];
    sendings = new Sending[requests];
    plainByRequest = new boolean[requests];
  }

  /**
   * Opens the files of a plan.
   *
   * @param pathByDigest where the files lie, by their SHA-256
   * @throws FeederException if one cannot be read.
   */
  public static BodyStore open(final Plan plan, final Map<String, Path> pathByDigest) {
    final BodyStore store = new BodyStore(plan.requests().size());
    try {
      for (final RequestPlan request : plan.requests()) {
        store.add(request, pathByDigest);
      }
      return store;
    } catch (final FeederException e) {
      store.close();
      throw e;
    }
  }

  private void add(final RequestPlan request, final Map<String, Path> pathByDigest) {
    final List<StoredFile> files = new ArrayList<>();
    for (final BodyFile file : request.sending().files()) {
      StoredFile stored = fileByDigest.get(file.digest());
      if (stored == null) {
        stored = open(file, pathByDigest.get(file.digest()));
        fileByDigest.put(file.digest(), stored);
      }
      files.add(stored);
    }
    sendings[request.index()] = request.sending();
    filesByRequest[request.index()] = files.toArray(NO_FILES);
    plainByRequest[request.index()] = request.sending().isPlain();
    plain &= plainByRequest[request.index()];
  }

  private static StoredFile open(final BodyFile file, final Path path) {
    if (path == null) {
      throw new FeederException("nobody says where the file " + file.path() + " lies", null);
    }
    try {
      return StoredFile.open(file, path);
    } catch (final IOException e) {
      throw changed(file.path(), e);
    }
  }

  /** What is thrown where a file cannot be read any more. */
  static FeederException changed(final String file, final IOException cause) {
    return new FeederException(
        String.format(
            Locale.ROOT,
            "the file %s, which requests send, changed while it was in use, or its disk failed: %s;"
                + " leave it alone until the run is over",
            file,
            cause.getMessage()),
        cause);
  }

  /** Whether all requests are text and are sent at once. */
  public boolean isPlain() {
    return plain;
  }

  /** Whether a request is text and is sent at once. */
  public boolean isPlain(final int request) {
    return plainByRequest[request];
  }

  /** How a request is sent. */
  public Sending sending(final int request) {
    return sendings[request];
  }

  StoredFile file(final int request, final int index) {
    return filesByRequest[request][index];
  }

  @Override
  public void close() {
    for (final StoredFile file : fileByDigest.values()) {
      try {
        file.close();
      } catch (final IOException e) {
        throw new IllegalStateException("a file that was only read cannot be closed", e);
      }
    }
    fileByDigest.clear();
  }
}
