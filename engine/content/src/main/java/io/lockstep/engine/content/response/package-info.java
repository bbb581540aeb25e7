/** A recorded response opened: header lines, body bytes, body text in its charset. */
package io.lockstep.engine.content.response;
