/** Virtual users: their states, what they do in which tick, and the events that tell of it. */
package io.lockstep.engine.core.machine;
