package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.Value;

/**
 * What an expression can see: one VU in one iteration, its last response, and the run. All of it is
 * a function of the plan, the seed and the inputs so far. Numbers of slots, feeders, headers and so
 * on are those that the names were compiled to.
 */
public interface Scope {
  /** Sets a variable's value into a register; null where it was never set. */
  void variable(int slot, Value into);

  /** Sets a value that the setup has left; null where it was never set. */
  void setup(int index, Value into);

  /** Sets the value of the row that this iteration has of a feeder. */
  void column(int feeder, int column, Value into);

  /** Number of the VU over the whole run, from 0. */
  long vu();

  /** Number of the iteration of this VU, or of the arrival, from 0. */
  long iteration();

  /** Name of the scenario. */
  String scenario();

  /** Seed of the run. */
  long seed();

  /** Key of the iteration's random streams. */
  long stream();

  /**
   * The virtual time in nanoseconds since 1970: the time at which the run started, which its
   * manifest has, plus that of the tick.
   */
  long nowNs();

  /** The next number of a counter: 1 for its first call. */
  long count(int counter);

  /** HTTP status of the last response; 0 where there was none. */
  int status();

  /** Last byte less send, of the last request. */
  long serviceTimeNs();

  /** Last byte less intended start, of the last request. */
  long responseTimeNs();

  /** Bytes of the last response's body. */
  long size();

  /** Whether the last request failed. */
  boolean failed();

  /** Name of the last request's error; {@code null} where there was none. */
  String error();

  /** Sets the last response's body as text; null where there was none. */
  void body(Value into);

  /** Sets a header of the last response; null where it has none of this name. */
  void header(int header, Value into);

  /** Sets what a JSONPath finds in the last response; null where it finds nothing. */
  void json(int path, Value into);

  /** A secret; {@code null} where the run has none, as in simulation and replay. */
  String secret(int index);
}
