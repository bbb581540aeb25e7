/**
 * What the operating system and libraries say of failures, in few and always the same words: no
 * ports, no addresses, no numbers that differ from one failure to the next.
 */
package io.lockstep.engine.transport.failure;
