/** {@code lockstep doctor}: what this machine is good for, and what to change. */
package io.lockstep.app.doctor;
