/**
 * TLS on connections of the network transport: which engine, what it trusts and shows, one
 * handshake at a time, and what went wrong with it in words. Knows nothing of HTTP.
 */
package io.lockstep.engine.transport.tls;
