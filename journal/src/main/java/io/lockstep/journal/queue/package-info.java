/**
 * The journal of a shard on disk, written through Chronicle Queue and read back with every byte
 * checked. The only package that knows Chronicle.
 */
package io.lockstep.journal.queue;
