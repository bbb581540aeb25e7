/** What happened: the events of a run, in blocks, in a run directory. */
package io.lockstep.journal;
