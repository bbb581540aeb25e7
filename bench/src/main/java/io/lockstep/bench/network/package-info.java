/** Whole processes against each other: the lockstep command and wrk, both asking one nginx. */
package io.lockstep.bench.network;
