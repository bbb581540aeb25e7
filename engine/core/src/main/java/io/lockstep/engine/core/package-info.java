/**
 * The deterministic machine. Nothing here knows a protocol, a file, a thread's name or the time of
 * day; what it needs of the world comes through {@link io.lockstep.engine.core.port}.
 */
package io.lockstep.engine.core;
