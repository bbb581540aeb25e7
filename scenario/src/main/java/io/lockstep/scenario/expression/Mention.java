package io.lockstep.scenario.expression;

/**
 * A name in an expression or template.
 *
 * @param offset in its text, in chars
 * @param owner the data source that it is a column of, {@code env} or {@code secrets}; empty for a
 *     name alone
 * @param name the name itself
 * @param tested whether null is as good as any value there, since that is what is asked: {@code x
 *     != null}, {@code default(x, 1)}, {@code x} as a condition; or since it was asked before
 */
public record Mention(int offset, String owner, String name, boolean tested) {
  /** Whether it is a name alone: a variable, a constant or a built-in name. */
  public boolean isBare() {
    return owner.isEmpty();
  }
}
