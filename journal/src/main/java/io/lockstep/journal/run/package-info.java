/**
 * The directory of a run: its manifest, its files, its lock, and the way to its journals. Knows
 * what lies where; knows nothing of what a run does.
 */
package io.lockstep.journal.run;
