/**
 * Makes one tree of all that a scenario is given as: its file, the files that it includes, the
 * environment that was chosen, the values set on the command line. Knows the keys that say so and
 * nothing else of the language; every node keeps the place that it comes from.
 */
package io.lockstep.scenario.document;
