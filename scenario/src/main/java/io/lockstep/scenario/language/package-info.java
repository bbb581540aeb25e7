/**
 * The scenario language: each object declared as its keys, and the rules that reach over several
 * keys. Reads the located tree into the model.
 */
package io.lockstep.scenario.language;
