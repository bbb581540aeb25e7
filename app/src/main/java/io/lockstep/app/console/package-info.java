/**
 * What a command has of the world outside: its streams, its environment, its working directory, and
 * the exit codes and messages that it ends with. Nothing here knows what a run is.
 */
package io.lockstep.app.console;
