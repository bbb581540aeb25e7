package io.lockstep.engine.transport.http2;

import io.netty.buffer.ByteBuf;

/** Takes the frames that a {@link FrameReader} reads. Buffers are valid during the call only. */
interface FrameHandler {
  /** A DATA frame begins; its payload, with padding, has so many bytes. */
  void onData(int stream, int payloadBytes, boolean isLast) throws ConnectionFault;

  /** The next bytes of the frame's data lie at the reader index, which must stay. */
  void onDataBytes(ByteBuf in, int length) throws ConnectionFault;

  /** The DATA frame is over. */
  void onDataEnd() throws ConnectionFault;

  /** A HEADERS frame begins. */
  void onHeaders(int stream) throws ConnectionFault;

  /**
   * A header block is complete.
   *
   * @param block all of the readable bytes
   * @param wireBytes of its frames
   */
  void onBlock(int stream, boolean isLast, ByteBuf block, int wireBytes) throws ConnectionFault;

  /** A header block grew larger than any that is taken. */
  void onBlockTooLarge(int stream) throws ConnectionFault;

  /** Another frame, all of whose payload is readable; lengths and streams are checked. */
  void onControl(int type, int flags, int stream, ByteBuf payload) throws ConnectionFault;
}
