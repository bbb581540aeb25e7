package io.lockstep.engine.core.metric;

import io.lockstep.scenario.plan.metric.Measurable;
import io.lockstep.scenario.plan.metric.Threshold;

/**
 * What came of a threshold.
 *
 * @param threshold which
 * @param metric that it is about
 * @param passed whether the run kept it; never without samples
 * @param sampled whether there were samples
 * @param observed the value that was compared, in nanoseconds, bytes, things or as a share; of
 *     windows the worst
 * @param aborted whether it ended the run
 */
public record ThresholdResult(
    Threshold threshold,
    Measurable metric,
    boolean passed,
    boolean sampled,
    double observed,
    boolean aborted) {}
