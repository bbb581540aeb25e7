/**
 * Events as a reader sees them: where each begins and ends, what its fields mean, and how it reads
 * as a line of text or of JSON. Knows nothing of files.
 */
package io.lockstep.replay.event;
