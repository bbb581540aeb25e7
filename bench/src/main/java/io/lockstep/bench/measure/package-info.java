/** What all benches share: options, spreads, scratch space, the printed report. Knows no bench. */
package io.lockstep.bench.measure;
