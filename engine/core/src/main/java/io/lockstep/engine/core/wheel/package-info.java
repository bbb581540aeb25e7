/**
 * Time by ticks: the timer wheel, whose timers are linked through one flat array, and deadlines
 * that cost nothing when they are met.
 */
package io.lockstep.engine.core.wheel;
