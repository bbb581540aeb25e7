/**
 * The commands: what each is called, takes and says of itself, and the few lines that hand over to
 * what does the work. Built on picocli's programmatic model, without annotations, since reflection
 * over them is most of the start-up time of a short command.
 */
package io.lockstep.app.command;
