package io.lockstep.scenario.plan;

/**
 * A file within the body of a request. It is known by its content: neither the plan nor a journal
 * has its bytes.
 *
 * @param path from the folder of the scenario file
 * @param digest SHA-256 of the content, lower-case hex
 * @param bytes of the content
 * @param after text of the body from its end to the next file, or to the end of the body
 */
public record BodyFile(String path, String digest, long bytes, String after) {}
