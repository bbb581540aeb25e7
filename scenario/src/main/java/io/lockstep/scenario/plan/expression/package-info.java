/**
 * Expressions and templates as a plan holds them: flat postfix code with its constants, the values
 * that it computes, and every operator and function that needs nothing but its arguments. Knows
 * neither the grammar nor a run.
 */
package io.lockstep.scenario.plan.expression;
