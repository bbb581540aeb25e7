/**
 * Who gets which row of a feeder: a pure function of the seed and the identity of an iteration or
 * VU, without state, so that neither timing nor shards nor the number of machines show.
 */
package io.lockstep.engine.core.feeder;
