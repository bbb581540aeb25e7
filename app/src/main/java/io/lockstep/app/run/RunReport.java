package io.lockstep.app.run;

import io.lockstep.replay.summary.RunSummary;
import java.nio.file.Path;

/**
 * What came of a run.
 *
 * @param summary all that was measured
 * @param directory where it lies; {@code null} without a journal
 * @param wallNs real time it took
 * @param interrupted whether a signal ended it
 */
public record RunReport(RunSummary summary, Path directory, long wallNs, boolean interrupted) {}
