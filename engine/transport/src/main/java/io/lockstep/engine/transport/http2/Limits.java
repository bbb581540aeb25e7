package io.lockstep.engine.transport.http2;

/**
 * What a connection takes at most.
 *
 * @param maxHeaderBytes largest head of a response, all interim ones and trailers included, as RFC
 *     9113, section 6.5.2, counts: names, values and 32 bytes for each field
 * @param maxBodyBytes largest body of a response
 * @param maxStreams most streams at a time; the peer may allow fewer
 */
public record Limits(int maxHeaderBytes, long maxBodyBytes, int maxStreams) {}
