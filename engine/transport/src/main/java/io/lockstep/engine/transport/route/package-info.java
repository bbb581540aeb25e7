/**
 * How connections reach a target: whom to ask for its addresses and how often, in which order to
 * try them, and through which proxy. Names are looked up on a thread of their own, never on a
 * shard's; all else happens on the shard's thread, once per connection. Handshakes with proxies are
 * small and have words of their own for what goes wrong; Netty's bring an HTTP codec and timers per
 * connection.
 */
package io.lockstep.engine.transport.route;
