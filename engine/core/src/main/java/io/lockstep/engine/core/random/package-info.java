/** Keyed random streams and the distributions drawn from them. */
package io.lockstep.engine.core.random;
