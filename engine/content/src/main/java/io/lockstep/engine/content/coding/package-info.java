/**
 * Takes bodies out of their content codings. The libraries that know Brotli and Zstandard appear in
 * this package alone; whatever a target sends, they give bytes or a fault.
 */
package io.lockstep.engine.content.coding;
