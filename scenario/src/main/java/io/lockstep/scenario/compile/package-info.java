/** Turns the model into the flat plan that the machine runs. */
package io.lockstep.scenario.compile;
