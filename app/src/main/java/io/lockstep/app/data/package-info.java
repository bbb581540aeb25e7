/**
 * Data files of runs: copies them into the run's directory, finds them again for a replay, and
 * gives their rows to the engine.
 */
package io.lockstep.app.data;
