/** HTTP Digest authentication (RFC 7616): challenges of responses, and the answers to them. */
package io.lockstep.engine.content.digest;
