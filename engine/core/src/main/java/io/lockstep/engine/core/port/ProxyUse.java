package io.lockstep.engine.core.port;

/**
 * The proxy that connections go through: a fact of a live run, which steers nothing.
 *
 * @param tunnels whether it opens a way to the target, rather than asking in the client's name
 * @param url without user and password; a {@link FailureReason} in its form
 */
public record ProxyUse(boolean tunnels, String url) {}
