package io.lockstep.scenario.plan;

import java.util.List;

/**
 * What a scenario does with the response to a request, in the order of the file.
 *
 * @param extractions at most {@link #MAX_EXTRACTIONS}, names are distinct
 * @param checks at most {@link #MAX_CHECKS}, names are distinct
 * @param expected statuses that are no failure; empty for all below {@link #FIRST_BAD_STATUS}
 */
public record ResponseUse(
    List<Extraction> extractions, List<Check> checks, List<Check.Range> expected) {
  /** A status from here on is a failure where a request says nothing else. */
  public static final int FIRST_BAD_STATUS = 400;

  /** So many fit the bits of a {@code long}. */
  public static final int MAX_EXTRACTIONS = 64;

  /** So many fit the bits of a {@code long}. */
  public static final int MAX_CHECKS = 64;

  /** Nothing is done with it. */
  public static final ResponseUse NONE = new ResponseUse(List.of(), List.of());

  public ResponseUse {
    extractions = List.copyOf(extractions);
    checks = List.copyOf(checks);
    expected = List.copyOf(expected);
  }

  /** Of a request that says nothing of the statuses that it expects. */
  public ResponseUse(final List<Extraction> extractions, final List<Check> checks) {
    this(extractions, checks, List.of());
  }

  /** Whether a status is no failure. */
  public boolean expects(final int status) {
    return expected.isEmpty()
        ? status < FIRST_BAD_STATUS
        : expected.stream().anyMatch(range -> status >= range.min() && status <= range.max());
  }

  /** Whether nothing is done with it. */
  public boolean isNone() {
    return extractions.isEmpty() && checks.isEmpty();
  }

  /** Whether anything but an expression, which is asked itself, reads the body. */
  public boolean readsBody() {
    return extractions.stream().anyMatch(one -> one.source().capture() == Capture.BODY)
        || checks.stream()
            .map(Check::condition)
            .filter(condition -> !(condition instanceof Check.Expression))
            .anyMatch(condition -> condition.capture() == Capture.BODY);
  }

  /** What must be kept of the response. */
  public Capture capture() {
    Capture capture = Capture.NONE;
    for (final Extraction extraction : extractions) {
      capture = capture.or(extraction.source().capture());
    }
    for (final Check check : checks) {
      capture = capture.or(check.condition().capture());
    }
    return capture;
  }
}
