package io.lockstep.replay.event;

/** Takes the fields of one event, in the schema's order. */
public interface FieldSink {
  /** A name: a state, an outcome, a request. */
  void text(String key, String value);

  /** A count, an id or a digest's number. */
  void number(String key, long value);

  /** A time or a span in nanoseconds; -1 for one that never came. */
  void time(String key, long ns);
}
