/**
 * A run from the command line to its summary: what the options mean, what is checked before
 * anything starts, the live line, signals, and what is written when it is over.
 */
package io.lockstep.app.run;
