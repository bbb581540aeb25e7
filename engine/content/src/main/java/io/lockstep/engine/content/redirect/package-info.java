/** Where redirects lead: references resolved after RFC 3986, and what is followed. */
package io.lockstep.engine.content.redirect;
