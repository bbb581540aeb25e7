/**
 * The simulated target: answers from random streams in virtual time, optionally through a queue
 * with a fixed number of servers.
 */
package io.lockstep.engine.transport.sim;
