package io.lockstep.engine.transport.net;

import io.lockstep.engine.core.port.ContentBuffer;
import io.lockstep.engine.transport.http1.ResponseSink;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Recording;
import io.netty.buffer.ByteBuf;

/**
 * Keeps of one connection's responses what the plan wants. Holds a buffer only from a status line
 * that asks for it to the end of that response.
 */
final class ResponseCapture implements ResponseSink {
  private static final int FIRST_FINAL_STATUS = 200;

  private final ContentPool pool;
  private final Recording recording;
  private Capture read = Capture.NONE;
  private ContentBuffer buffer;

  ResponseCapture(final ContentPool pool, final Recording recording) {
    this.pool = pool;
    this.recording = recording;
  }

  /** Expects a response of which so much is read. */
  void begin(final Capture newRead) {
    drop();
    read = newRead;
  }

  @Override
  public void onStatus(final int status) {
    final Capture capture =
        status < FIRST_FINAL_STATUS ? Capture.NONE : recording.capture(read, status);
    if (capture != Capture.NONE) {
      buffer = pool.take();
      buffer.begin(capture, recording.maxBodyBytes());
    }
  }

  @Override
  public void onField(final byte[] line, final int from, final int to) {
    if (buffer != null) {
      buffer.addField(line, from, to);
    }
  }

  @Override
  public void onBody(final ByteBuf in, final int length) {
    if (buffer != null) {
      final int kept = buffer.claimBody(length);
      in.getBytes(in.readerIndex(), buffer.bytes(), buffer.bodyPosition() - kept, kept);
    }
  }

  /** What was kept of a complete response, now the caller's; {@code null} for nothing. */
  ContentBuffer take() {
    final ContentBuffer taken = buffer;
    buffer = null;
    return taken;
  }

  /** Forgets what was kept of a response that broke off. */
  void drop() {
    if (buffer != null) {
      pool.release(buffer);
      buffer = null;
    }
  }
}
