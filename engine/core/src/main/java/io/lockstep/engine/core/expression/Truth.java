package io.lockstep.engine.core.expression;

/** What a condition came to. */
public enum Truth {
  /** It holds. */
  TRUE,
  /** It does not hold. */
  FALSE,
  /** It could not be computed; the evaluator has the failure. */
  FAILED
}
