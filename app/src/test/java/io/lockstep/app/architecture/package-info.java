/**
 * The rules of the house as tests: who may know whom, where third-party types may appear, what the
 * deterministic core must not touch, and how the source tree is kept. Each rule carries a piece of
 * code that breaks it, and a test shows that it is caught.
 */
package io.lockstep.app.architecture;
