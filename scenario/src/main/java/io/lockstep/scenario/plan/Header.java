package io.lockstep.scenario.plan;

/** One header field of a request, as the file spells it. */
public record Header(String name, String value) {}
