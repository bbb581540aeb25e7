package io.lockstep.app.console;

/** How a command ended, as a shell sees it. Documented in {@code docs/reference/cli.md}. */
public enum ExitCode {
  /** All went well. */
  FINE(0, "fine"),
  /** The tool failed: I/O error, full disk, a bug. */
  FAILED(1, "the tool failed: I/O error, full disk, or a bug"),
  /** The user's input is wrong. */
  USAGE(2, "the input is wrong: usage, scenario, missing run"),
  /** A replay diverged, or a journal is damaged. */
  DIVERGED(3, "the replay diverged, or a journal is damaged"),
  /** The run happened but its figures are not fit for comparison. */
  INVALID(
      6, "the run is INVALID: the generator, not the target, set its figures, or the setup failed"),
  /** The run happened, and did not keep what its thresholds, or checks that end it, ask. */
  THRESHOLDS(99, "a threshold failed, or a check that ends the test"),
  /** A signal ended the command; what it had open was closed first. */
  INTERRUPTED(130, "interrupted; the journal was closed first");

  private final int code;
  private final String text;

  ExitCode(final int code, final String text) {
    this.code = code;
    this.text = text;
  }

  public int code() {
    return code;
  }

  /** A few words for the help. */
  public String text() {
    return text;
  }
}
