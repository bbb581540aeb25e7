/**
 * Looking into a run: what kinds of event it has and how many, and the events of a VU, of an
 * iteration or of failed requests, as lines of text or JSON.
 */
package io.lockstep.replay.inspect;
