/**
 * What the system around this process is and counts: for the judgement of a run, and for {@code
 * lockstep doctor}.
 */
package io.lockstep.app.host;
