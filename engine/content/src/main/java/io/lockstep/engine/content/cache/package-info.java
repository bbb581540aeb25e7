/** Responses that VUs keep, after RFC 9111: a private cache's freshness and revalidation. */
package io.lockstep.engine.content.cache;
