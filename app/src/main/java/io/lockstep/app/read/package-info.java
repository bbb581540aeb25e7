/** Reading runs back: finds the run that the user means, and prints what the replay module has to say of it. */
package io.lockstep.app.read;
