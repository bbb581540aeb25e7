/**
 * What a run adds up to: a model that is a pure function of plan, metrics, outcome and digests, and
 * its renderings. A run and its replay make the same bytes of it.
 */
package io.lockstep.replay.summary;
