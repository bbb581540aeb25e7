package io.lockstep.engine.transport.http2;

import static io.lockstep.engine.transport.http2.ErrorCode.ENHANCE_YOUR_CALM;

/** How much of what brings no response nearer is put up with. */
final class Patience {
  /** Frames in a row that bring no response nearer, until an interval is over. */
  static final int MAX_USELESS_FRAMES = 10_000;

  /** Replies that the peer has asked for and does not take. */
  static final int MAX_REPLIES = 1_000;

  private int useless;
  private int replies;

  /** A frame has come that brings nothing. */
  void useless() throws ConnectionFault {
    if (++useless > MAX_USELESS_FRAMES) {
      throw new ConnectionFault(ENHANCE_YOUR_CALM, "thousands of frames that bring nothing");
    }
  }

  /** A reply is about to be written. */
  void reply() throws ConnectionFault {
    if (++replies > MAX_REPLIES) {
      throw new ConnectionFault(ENHANCE_YOUR_CALM, "replies asked for and not taken");
    }
  }

  /** A request or a response has got on, or an interval is over. */
  void progress() {
    useless = 0;
  }

  /** The peer has taken all replies. */
  void taken() {
    replies = 0;
  }
}
