package io.lockstep.bench.micro;

import io.lockstep.journal.block.Block;
import io.lockstep.journal.block.BlockChain;
import io.lockstep.journal.block.BlockWriter;
import io.lockstep.journal.event.MessageHeaderEncoder;
import io.lockstep.journal.event.RequestIssuedEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event encoded in place, into a block that nobody takes; and the sealing of a full block. */
@State(Scope.Thread)
public class Events {
  private static final int LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + RequestIssuedEncoder.BLOCK_LENGTH;

  private final BlockWriter writer = new BlockWriter(full -> full, new Block());
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final RequestIssuedEncoder issued = new RequestIssuedEncoder();
  private final BlockChain chain = new BlockChain("bench", 0);
  private final Block full = new Block();
  private int sequence;

  /** A block of random bytes, as full as events make it. */
  public Events() {
    final int end = Block.CAPACITY - Block.TRAILER_LENGTH;
    for (int i = Block.HEADER_LENGTH; i < end; i++) {
      full.bytes()[i] = (byte) (i * 31);
    }
    full.filled(end, 1_000);
  }

  @Benchmark
  public int claimAndEncodeRequestIssued() {
    final int offset = writer.claim(LENGTH);
    issued
        .wrapAndApplyHeader(writer.buffer(), offset, header)
        .vu(17)
        .tick(sequence)
        .sequence(++sequence)
        .phase((short) 2)
        .attempt((short) 1)
        .scenario(0)
        .iteration(sequence)
        .intendedNs(sequence)
        .requestDigest(sequence)
        .request(3)
        .requestSeq(sequence);
    return offset;
  }

  /** SHA-256 and CRC32C of 64 KiB. */
  @Benchmark
  public int sealBlock() {
    return chain.seal(full);
  }
}
