/**
 * What is wrong with a scenario file, and where: positions, excerpts, advice. Knows neither the
 * format of the file nor the language in it.
 */
package io.lockstep.scenario.diagnostic;
