/**
 * The network behind the transport port: HTTP/1.1 over Netty channels, whose event loop runs inside
 * the poll of the shard that owns it. Netty's types appear nowhere else.
 */
package io.lockstep.engine.transport.net;
