/**
 * HTTP/1.1 on the wire: requests encoded once before the run, and the parser of responses. Knows
 * buffers but no channel, so it can be fed from anywhere, and reads no clock.
 */
package io.lockstep.engine.transport.http1;
