/** The seams of the machine: all that it knows of the world outside. */
package io.lockstep.engine.core.port;
