package io.lockstep.journal.sink;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockChain;
import io.lockstep.journal.block.BlockPacker;
import io.lockstep.journal.block.ShardSeal;
import java.util.HexFormat;

/** Seals blocks, packs and stores them and counts what was stored. Single-threaded. */
final class BlockSealer {
  private final int shard;
  private final BlockChain chain;
  private final BlockPacker packer = new BlockPacker();
  private final BlockStore store;
  private final byte[] storedDigest = new byte[32];
  private long storedBlocks;
  private long storedEvents;
  private long storedBytes;

  BlockSealer(final String origin, final int shard, final BlockStore store) {
    this.shard = shard;
    this.chain = new BlockChain(origin, shard);
    this.store = store;
    chain.copyDigest(storedDigest);
  }

  /** Seals and stores a block. */
  void take(final Block block) {
    final int length = chain.seal(block);
    final int packed = packer.pack(block.bytes(), length);
    if (packed > 0) {
      store.append(packer.bytes(), packed);
    } else {
      store.append(block.bytes(), length);
    }
    chain.copyDigest(storedDigest);
    storedBlocks++;
    storedEvents += block.events();
    storedBytes += packed > 0 ? packed : length;
  }

  /** Closes the store and says what it holds. */
  ShardSeal close() {
    final String containerDigest = store.close();
    return new ShardSeal(
        shard,
        storedBlocks,
        storedEvents,
        storedBytes,
        HexFormat.of().formatHex(storedDigest),
        containerDigest);
  }
}
