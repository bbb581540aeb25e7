/** Runs against targets that do everything wrong: what the runs say of it, and their replays. */
package io.lockstep.app.fault;
