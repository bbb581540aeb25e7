/**
 * The built-in HTTP server: something to send load to where nothing else is installed. It is a
 * target, not a part of the load generator, and shares nothing with the client's side of this
 * module.
 */
package io.lockstep.engine.transport.target;
