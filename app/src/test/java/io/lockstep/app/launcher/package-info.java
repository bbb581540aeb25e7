/**
 * The {@code ./lockstep} script, tried in a made-up project with a Maven and JDKs that are made up
 * too.
 */
package io.lockstep.app.launcher;
