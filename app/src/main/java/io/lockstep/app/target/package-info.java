/** The command around the built-in target: its options, its seeded behaviour, its life until Ctrl-C. */
package io.lockstep.app.target;
