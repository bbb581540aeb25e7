/** The demonstration: a target, a run, its replay, and a second run of the same seed. */
package io.lockstep.app.demo;
