/** The {@code lockstep} command: its entry, and how what goes wrong becomes a message and an exit code. */
package io.lockstep.app;
