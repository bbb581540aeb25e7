/**
 * The language of expressions and templates: grammar, places in the file, names, kinds, folding of
 * constants, and the compilation into what a plan holds. Everything that can be wrong with an
 * expression before a run is said here.
 */
package io.lockstep.scenario.expression;
