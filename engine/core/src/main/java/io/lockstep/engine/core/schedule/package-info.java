/** Arrival schedules of the open model. */
package io.lockstep.engine.core.schedule;
