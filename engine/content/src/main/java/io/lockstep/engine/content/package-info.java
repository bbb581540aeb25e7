/**
 * What responses mean: values taken from them and checks on them, as the plan says, behind the
 * core's {@link io.lockstep.engine.core.port.ResponseReader}. The languages are libraries, each
 * behind one package; all of it is a pure function of the plan and the recorded bytes.
 */
package io.lockstep.engine.content;
