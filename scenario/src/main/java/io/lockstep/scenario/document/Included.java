package io.lockstep.scenario.document;

/**
 * A file that had a part in a scenario besides the main one.
 *
 * @param path normalized, from the folder of the main file where it is relative
 * @param text of the file; its UTF-8 bytes are the file's
 */
public record Included(String path, String text) {}
