/** The lockstep command. */
package io.lockstep.app;
