/**
 * Certificates for trying things: an authority of one's own, made in memory, and what it issues.
 * Not for anything that has to be safe.
 */
package io.lockstep.engine.transport.certificate;
