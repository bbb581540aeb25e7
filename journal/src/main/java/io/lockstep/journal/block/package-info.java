/**
 * Blocks of events in memory: where the machine encodes its events in place, and where a sealed
 * block carries its checksum and its link in the digest chain. No file, no Chronicle here.
 */
package io.lockstep.journal.block;
