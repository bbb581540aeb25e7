package io.lockstep.scenario.data;

import java.nio.file.Path;

/**
 * A file whose bytes requests send.
 *
 * @param path as the plan knows it
 * @param file where it lies
 * @param facts of its content when it was read through
 */
public record SentFile(String path, Path file, FileFacts facts) {}
