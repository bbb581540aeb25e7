package io.lockstep.scenario.advice;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What is known at a place of a flow: whether it is reached, and which variables are set. */
final class Known {
  private boolean reached = true;
  private final Set<String> sure = new HashSet<>();
  private final Set<String> perhaps = new HashSet<>();

  Known copy() {
    final Known copy = new Known();
    copy.reached = reached;
    copy.sure.addAll(sure);
    copy.perhaps.addAll(perhaps);
    return copy;
  }

  /** Whether any way leads here. */
  boolean isReached() {
    return reached;
  }

  /** No way leads on from here. */
  void end() {
    reached = false;
  }

  /** Whether a variable is set, whichever way led here. */
  boolean isSure(final String variable) {
    return sure.contains(variable);
  }

  /** Whether a variable is set on some way to here. */
  boolean isPerhaps(final String variable) {
    return perhaps.contains(variable);
  }

  /** A variable is set here. */
  void set(final String variable) {
    sure.add(variable);
    perhaps.add(variable);
  }

  void setAll(final Collection<String> variables) {
    variables.forEach(this::set);
  }

  /** Variables may have been set in a round before this one. */
  void perhapsAll(final Collection<String> variables) {
    perhaps.addAll(variables);
  }

  /** Becomes what is known where this and another way come together. */
  void meet(final Known other) {
    if (!other.reached) {
      return;
    }
    if (reached) {
      sure.retainAll(other.sure);
    } else {
      sure.clear();
      sure.addAll(other.sure);
    }
    perhaps.addAll(other.perhaps);
    reached = true;
  }
}
