package io.lockstep.replay.summary;

/** How often something was. */
public record Counted(String name, long count) {}
