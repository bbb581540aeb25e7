/**
 * Rows of data for the requests of a run: reads CSV and JSON files without holding them in the
 * heap, checks them whole before a run begins, and gives any value of any row on demand. Knows
 * neither who gets which row nor the language that names the files.
 */
package io.lockstep.scenario.data;
