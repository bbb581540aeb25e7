/**
 * What tests of this and other modules share: generated plans, recorded journals, and the laws that
 * every journal keeps. No main code uses it.
 */
package io.lockstep.engine.core.testing;
