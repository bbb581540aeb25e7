/**
 * Computes the expressions of a plan and renders its templates, in the machine. Numbers, booleans
 * and the outcome of a response cost no allocation; what fails is a value, never an exception.
 */
package io.lockstep.engine.core.expression;
