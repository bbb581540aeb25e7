/** The network and the simulated target behind the transport port. */
package io.lockstep.engine.transport;
