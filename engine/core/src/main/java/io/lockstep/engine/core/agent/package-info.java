/**
 * The duty cycles, the threads that run them and the clocks they read: the only place of the core
 * with either.
 */
package io.lockstep.engine.core.agent;
