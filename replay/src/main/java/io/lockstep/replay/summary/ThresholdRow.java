package io.lockstep.replay.summary;

import java.math.BigDecimal;

/**
 * A threshold and what came of it.
 *
 * @param metric with its tags
 * @param expression as the file spells it
 * @param overNs length of the sliding window, 0 for the whole measured phase
 * @param abortOnFail whether it could end the run
 * @param passed whether the run kept it
 * @param sampled whether there were samples; without, it is failed
 * @param aborted whether it ended the run
 * @param observed nanoseconds, bytes, things or a share; {@code null} without samples; of windows
 *     the worst
 * @param unit of the observed value, for programs
 * @param text the same for people
 */
public record ThresholdRow(
    String metric,
    String expression,
    long overNs,
    boolean abortOnFail,
    boolean passed,
    boolean sampled,
    boolean aborted,
    BigDecimal observed,
    String unit,
    String text) {}
