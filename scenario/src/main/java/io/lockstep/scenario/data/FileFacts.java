package io.lockstep.scenario.data;

/**
 * What a plan knows of a file whose bytes are sent.
 *
 * @param digest SHA-256 of its content, lower-case hex
 * @param bytes of its content
 */
public record FileFacts(String digest, long bytes) {}
