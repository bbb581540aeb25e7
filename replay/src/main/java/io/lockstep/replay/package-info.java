/** Reads runs back. */
package io.lockstep.replay;
