/**
 * Runs against real servers, one fixture for each: what Lockstep gets from them over each way to
 * speak with them, and that every such run replays with the server gone. {@code
 * docs/reference/conformance.md} is made from the results.
 */
package io.lockstep.app.conformance;
