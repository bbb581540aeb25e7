/**
 * Signs requests that are about to be sent: what a signature covers is known only then. A signature
 * is a pure function of the request, the keys and the virtual time.
 */
package io.lockstep.engine.core.signing;
