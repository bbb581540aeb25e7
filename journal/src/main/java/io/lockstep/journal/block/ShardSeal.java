package io.lockstep.journal.block;

/**
 * What a closed journal of a shard holds. Kept in the manifest, it tells a journal that lost its
 * end from one that was never longer.
 *
 * @param shard which
 * @param blocks in it
 * @param events in it
 * @param bytes of its blocks
 * @param chainDigest digest of its last block
 * @param containerDigest digest of all bytes of its files that no block covers; empty where there
 *     are no files
 */
public record ShardSeal(
    int shard, long blocks, long events, long bytes, String chainDigest, String containerDigest) {}
