package io.lockstep.app.target;

/**
 * What the user asked for.
 *
 * @param host interface to listen on
 * @param port to listen on, 0 for any
 * @param latency distribution, as written
 * @param errorRate 0 to 1
 * @param seed of latencies and errors
 * @param tls whether to serve https
 * @param certificate file with its certificate, {@code null} for one made for this run
 * @param key file with the key of that
 * @param saveCa where to write the certificate to trust; {@code null} for nowhere
 */
public record TargetCommandLine(
    String host,
    int port,
    String latency,
    double errorRate,
    long seed,
    boolean tls,
    String certificate,
    String key,
    String saveCa) {}
