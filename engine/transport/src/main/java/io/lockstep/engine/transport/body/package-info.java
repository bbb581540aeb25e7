/**
 * Bodies of requests that are not handed over at once: where their bytes come from, piece by piece.
 * Knows no protocol; whoever writes a body asks for as much as the connection takes.
 */
package io.lockstep.engine.transport.body;
