package io.lockstep.replay.summary;

/**
 * A check of responses.
 *
 * @param request that it belongs to
 * @param name of it
 * @param passed so often
 * @param failed so often
 */
public record CheckRow(String request, String name, long passed, long failed) {}
