/** Cookies that VUs keep, after RFC 6265. */
package io.lockstep.engine.content.cookie;
