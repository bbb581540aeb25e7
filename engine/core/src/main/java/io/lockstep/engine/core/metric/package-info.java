/** What a run's events add up to: counts and histograms, one writer, no locks. */
package io.lockstep.engine.core.metric;
