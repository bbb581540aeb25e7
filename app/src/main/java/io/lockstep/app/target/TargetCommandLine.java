package io.lockstep.app.target;

/**
 * What the user asked for.
 *
 * @param host interface to listen on
 * @param port to listen on, 0 for any
 * @param latency distribution, as written
 * @param errorRate 0 to 1
 * @param seed of latencies and errors
 */
public record TargetCommandLine(
    String host, int port, String latency, double errorRate, long seed) {}
