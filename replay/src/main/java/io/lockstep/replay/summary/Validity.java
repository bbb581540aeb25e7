package io.lockstep.replay.summary;

import java.util.List;
import java.util.Locale;

/**
 * How far a run's figures can be trusted.
 *
 * @param grade the gravest of the findings'
 * @param findings the gravest first, else in the order of the rules
 */
public record Validity(Grade grade, List<Finding> findings) {
  public Validity {
    findings = List.copyOf(findings);
  }

  /** In the order of gravity. */
  public enum Grade {
    /** Nothing speaks against them. */
    VALID,
    /** Read them with the findings in mind. */
    DEGRADED,
    /** They say more about the generator than about the target. */
    INVALID;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What speaks against the figures.
   *
   * @param grade what it makes of the run
   * @param code stable, for programs
   * @param text what was measured and what to do, for people
   */
  public record Finding(Grade grade, String code, String text) {}
}
