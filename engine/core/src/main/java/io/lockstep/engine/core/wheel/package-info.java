/** The timer wheel: one timer or two per VU, linked through int arrays. */
package io.lockstep.engine.core.wheel;
