/**
 * Reading runs back: {@link io.lockstep.replay.Replayer} re-executes a run from its journal and
 * says whether it is the same run. Prints nothing and exits nowhere: that is the app's.
 */
package io.lockstep.replay;
