package io.lockstep.engine.content.value;

/** Kinds of values. */
public enum Kind {
  /** Text from a place that has no types, such as a header. */
  UNTYPED,
  /** A JSON string. */
  TEXT,
  /** A JSON number. */
  NUMBER,
  /** A JSON boolean. */
  BOOLEAN,
  /** JSON's null. */
  NULL,
  /** A JSON array or object, as JSON text without blanks. */
  STRUCTURE
}
