package io.lockstep.scenario.plan.metric;

/** How a value is compared with a bound. Codes are part of the plan digest and never change. */
public enum Comparison {
  /** Below. */
  LESS(1, "<"),
  /** Not above. */
  AT_MOST(2, "<="),
  /** Above. */
  MORE(3, ">"),
  /** Not below. */
  AT_LEAST(4, ">="),
  /** The same. */
  EQUAL(5, "=="),
  /** Not the same. */
  UNEQUAL(6, "!=");

  private final int code;
  private final String sign;

  Comparison(final int code, final String sign) {
    this.code = code;
    this.sign = sign;
  }

  public int code() {
    return code;
  }

  /** As an expression spells it. */
  public String sign() {
    return sign;
  }

  /** Whether a value keeps a bound. */
  public boolean holds(final double value, final double bound) {
    return switch (this) {
      case LESS -> value < bound;
      case AT_MOST -> value <= bound;
      case MORE -> value > bound;
      case AT_LEAST -> value >= bound;
      case EQUAL -> value == bound;
      case UNEQUAL -> value != bound;
    };
  }

  /** Whether one value is further on the wrong side of a bound than another. */
  public boolean isWorse(final double value, final double than, final double bound) {
    return switch (this) {
      case LESS, AT_MOST -> value > than;
      case MORE, AT_LEAST -> value < than;
      case EQUAL -> Math.abs(value - bound) > Math.abs(than - bound);
      case UNEQUAL -> Math.abs(value - bound) < Math.abs(than - bound);
    };
  }
}
