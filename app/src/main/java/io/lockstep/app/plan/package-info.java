/**
 * {@code lockstep plan}: what a run will do, told before it: the load over time, and what a single
 * VU does and sends. Runs nothing and asks nobody.
 */
package io.lockstep.app.plan;
