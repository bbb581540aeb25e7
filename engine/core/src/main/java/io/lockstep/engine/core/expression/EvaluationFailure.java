package io.lockstep.engine.core.expression;

/**
 * Why an expression came to no value: it ends the iteration as failed.
 *
 * @param expression its canonical text, shortened where it is long
 * @param message why, in a clause
 */
public record EvaluationFailure(String expression, String message) {
  private static final int SHOWN = 200;

  public EvaluationFailure {
    if (expression.length() > SHOWN) {
      expression = expression.substring(0, expression.offsetByCodePoints(0, SHOWN / 2)) + "…";
    }
  }

  @Override
  public String toString() {
    return "`" + expression + "`: " + message;
  }
}
