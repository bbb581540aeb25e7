/**
 * The replay of one shard: its recorded blocks, read ahead within a bounded window, steer a fresh
 * machine whose every byte is compared with what was recorded.
 */
package io.lockstep.replay.shard;
