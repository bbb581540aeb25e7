package io.lockstep.scenario.document;

import java.io.FileNotFoundException;
import java.io.IOException;

/** Where included files come from: the disk, or a run's own directory. */
public interface IncludeFiles {
  /** There are none: for a scenario that is not a file. */
  IncludeFiles NONE =
      new IncludeFiles() {
        @Override
        public byte[] read(final String path, final int most) throws IOException {
          throw new FileNotFoundException(path);
        }

        @Override
        public String displayName(final String path) {
          return path;
        }
      };

  /**
   * The first bytes of a file, up to {@code most}.
   *
   * @param path normalized, from the folder of the main file where it is relative
   * @throws IOException if there is none, or it cannot be read.
   */
  byte[] read(String path, int most) throws IOException;

  /** What messages call the file. */
  String displayName(String path);
}
