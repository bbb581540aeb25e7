/**
 * Looks at a whole scenario that is right for what is probably not meant: variables that nothing
 * reads or sets, steps that are never done, rows that run out. Each finding is a warning with its
 * place and advice; none of them changes the plan.
 */
package io.lockstep.scenario.advice;
