/** The journal's appending against a raw mapped-file write of the same bytes. */
package io.lockstep.bench.append;
