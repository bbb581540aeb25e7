/**
 * A file as a tree of maps, lists and scalars, in which every node knows where it stands. The same
 * for YAML and JSON.
 */
package io.lockstep.scenario.tree;
