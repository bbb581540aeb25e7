package io.lockstep.journal.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.journal.EventStream;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BlockChainTest {
  private final List<byte[]> sealed = new ArrayList<>();
  private final BlockChain chain = new BlockChain("a-run", 1);

  @Test
  void shouldFollowItsOwnChain() {
    record(5_000);
    final BlockChain reader = new BlockChain("a-run", 1);
    for (final byte[] block : sealed) {
      assertNull(check(reader, block));
    }
    assertEquals(chain.digest(), reader.digest());
    assertEquals(chain.events(), reader.events());
    assertEquals(5_000, reader.events());
  }

  @Test
  void shouldCarryTheDigestsThatTheDocumentPromises() throws Exception {
    record(2_000);
    final byte[] first = sealed.get(0);
    final int end = first.length - Block.TRAILER_LENGTH;
    final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    final byte[] genesis = sha256.digest(new byte[] {'a', '-', 'r', 'u', 'n', 0, 1, 0});
    assertEquals(hex(genesis, 0), hex(first, 32));
    sha256.update(first, 0, end);
    assertEquals(HexFormat.of().formatHex(sha256.digest()), hex(first, end));
    assertEquals(hex(first, end), hex(sealed.get(1), 32));
    final CRC32C crc = new CRC32C();
    crc.update(first, 0, end + 32);
    assertEquals(
        (int) crc.getValue(), new UnsafeBuffer(first).getInt(end + 32, ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  void shouldNoticeBlocksThatAreMissingDoubledOrExchanged() {
    record(5_000);
    assertTrue(sealed.size() > 3);
    for (final int[] order : new int[][] {{1}, {0, 0}, {0, 2}, {0, 2, 1}}) {
      final BlockChain reader = new BlockChain("a-run", 1);
      String fault = null;
      for (int i = 0; i < order.length && fault == null; i++) {
        fault = check(reader, sealed.get(order[i]));
      }
      assertNotNull(fault, Arrays.toString(order));
      assertTrue(fault.startsWith("block has number "), fault);
    }
  }

  @Test
  void shouldStayWhereItIsAfterABadBlock() {
    record(2_000);
    final BlockChain reader = new BlockChain("a-run", 1);
    assertNull(check(reader, sealed.get(0)));
    final String before = reader.digest();
    final byte[] bad = sealed.get(1).clone();
    bad[100] ^= 1;
    assertNotNull(check(reader, bad));
    bad[100] ^= 1;
    // A digest that is wrong while the checksum over it is right.
    final int end = bad.length - Block.TRAILER_LENGTH;
    bad[end] ^= 1;
    reseal(bad);
    assertEquals("digest does not match its content", check(reader, bad));
    assertEquals(before, reader.digest());
    assertNull(check(reader, sealed.get(1)));
  }

  @Test
  void shouldSayThatAnIntactBlockIsOfANewerFormat() {
    record(100);
    final byte[] newer = sealed.get(0).clone();
    newer[BlockLayout.VERSION_OFFSET] = 4;
    assertTrue(check(new BlockChain("a-run", 1), newer).startsWith("checksum is "));
    reseal(newer);
    final BlockChain reader = new BlockChain("a-run", 1);
    final NewerFormatException e =
        assertThrows(NewerFormatException.class, () -> check(reader, newer));
    assertEquals(
        "journal block has format 4, this version of lockstep reads up to 3;"
            + " use the version that wrote it or a newer one",
        e.getMessage());
  }

  @Test
  void shouldRefuseEventsOfImpossibleLength() {
    final UnsafeBuffer event = new UnsafeBuffer(new byte[48]);
    for (int length = 0; length < 256; length++) {
      event.putByte(0, (byte) length);
      event.putByte(2, (byte) 76);
      final String fault = EventCursor.fault(event, 0, 48, 1);
      assertEquals(length == 44, fault == null, "length " + length + ": " + fault);
    }
    event.putByte(0, (byte) 44);
    assertEquals("block says 2 events, it has 1", EventCursor.fault(event, 0, 48, 2));
    event.putByte(2, (byte) 75);
    assertNotNull(EventCursor.fault(event, 0, 48, 1));
    final EventCursor cursor = new EventCursor().wrap(event, 0, 48);
    assertThrows(IllegalStateException.class, cursor::next);
  }

  private void record(final int events) {
    final BlockSink sink =
        full -> {
          final int length = chain.seal(full);
          sealed.add(Arrays.copyOf(full.bytes(), length));
          return full;
        };
    new EventStream(3, sink, new Block()).events(events);
  }

  private static String check(final BlockChain reader, final byte[] block) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Block.CAPACITY]);
    buffer.putBytes(0, block);
    return reader.check(buffer, block.length);
  }

  private static void reseal(final byte[] block) {
    final int end = block.length - Block.TRAILER_LENGTH;
    final CRC32C crc = new CRC32C();
    crc.update(block, 0, end + 32);
    new UnsafeBuffer(block).putInt(end + 32, (int) crc.getValue(), ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(final byte[] bytes, final int offset) {
    return HexFormat.of().formatHex(bytes, offset, offset + 32);
  }
}
