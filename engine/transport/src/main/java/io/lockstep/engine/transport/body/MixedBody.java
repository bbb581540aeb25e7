package io.lockstep.engine.transport.body;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** A body of texts with files between them. Reused by its connection. */
public final class MixedBody implements BodySource {
  private final BodyStore store;
  private ByteBuf texts;
  private int bodyStart;
  private int bodyEnd;
  private int[] positions;
  private int request;
  private long length;
  private long remaining;

  /** Next byte of the texts. */
  private int textAt;

  /** The file that comes next, or is being read. */
  private int file;

  private long fileAt;

  public MixedBody(final BodyStore store) {
    this.store = store;
  }

  /**
   * Begins a body.
   *
   * @param bytes that hold the texts; must outlive the body
   * @param start where the texts begin
   * @param textBytes length of the texts
   * @param filePositions how many bytes of the texts come before each file
   * @param requestOfPlan whose files they are
   */
  public void begin(
      final ByteBuf bytes,
      final int start,
      final int textBytes,
      final int[] filePositions,
      final int requestOfPlan) {
    texts = bytes;
    bodyStart = start;
    bodyEnd = start + textBytes;
    positions = filePositions;
    request = requestOfPlan;
    textAt = start;
    file = 0;
    fileAt = 0;
    length = textBytes;
    for (int i = 0; i < filePositions.length; i++) {
      length += store.file(requestOfPlan, i).lengthBytes();
    }
    remaining = length;
  }

  @Override
  public long lengthBytes() {
    return length;
  }

  @Override
  public long remainingBytes() {
    return remaining;
  }

  @Override
  public ByteBuf next(final int most) {
    if (remaining == 0) {
      throw new IllegalStateException("all " + length + " bytes were given");
    }
    while (true) {
      final int textEnd = file < positions.length ? bodyStart + positions[file] : bodyEnd;
      if (textAt < textEnd) {
        final int count = Math.min(most, textEnd - textAt);
        final ByteBuf piece = texts.retainedSlice(textAt, count);
        textAt += count;
        remaining -= count;
        return piece;
      }
      final StoredFile open = store.file(request, file);
      if (fileAt < open.lengthBytes()) {
        return piece(open, most);
      }
      file++;
      fileAt = 0;
    }
  }

  private ByteBuf piece(final StoredFile open, final int most) {
    final int count = (int) Math.min(most, open.lengthBytes() - fileAt);
    try {
      final ByteBuf piece = open.read(fileAt, count);
      fileAt += count;
      remaining -= count;
      return piece;
    } catch (final IOException e) {
      throw BodyStore.changed(store.sending(request).files().get(file).path(), e);
    }
  }
}
