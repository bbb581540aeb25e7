package io.lockstep.engine.core.port;

import java.util.List;

/** Takes the values that a response gives. An ordinal counts the extractions of a request. */
public interface ValueSink {
  /** Nothing was found, and there is no default. */
  void nothing(int ordinal);

  void text(int ordinal, String value);

  void integer(int ordinal, long value);

  void decimal(int ordinal, double value);

  void truth(int ordinal, boolean value);

  /** Several values, each a {@code String}, {@code Long}, {@code Double} or {@code Boolean}. */
  void list(int ordinal, List<Object> values);
}
