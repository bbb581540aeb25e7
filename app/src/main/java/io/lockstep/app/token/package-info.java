/**
 * Tokens of OAuth 2.0 clients (RFC 6749, section 4.4): fetched before a run and renewed during it,
 * on a thread of their own. Nothing of the machine waits for them, and none of them is written
 * down.
 */
package io.lockstep.app.token;
