/**
 * The ways of a full block from the machine into the journal: sealed on the machine's own thread,
 * on a thread of its own, or sealed and thrown away. Knows no file and no Chronicle.
 */
package io.lockstep.journal.sink;
