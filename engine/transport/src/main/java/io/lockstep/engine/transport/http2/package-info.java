/**
 * HTTP/2 on the wire, as a client speaks it (RFC 9113): frames, streams, windows and limits of one
 * connection, with Netty's HPACK. Knows buffers but no channel, so it can be fed from anywhere, and
 * reads no clock.
 */
package io.lockstep.engine.transport.http2;
