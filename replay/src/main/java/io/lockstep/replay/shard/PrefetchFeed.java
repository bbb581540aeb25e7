package io.lockstep.replay.shard;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads and verifies on a thread of its own, a few blocks ahead. {@link #take}, {@link #release}
 * and {@link #close} belong to the replay's thread.
 */
final class PrefetchFeed implements BlockFeed {
  private static final long WAIT_MS = 100;

  private final BlockSource source;
  private final ArrayBlockingQueue<RecordedBlock> free = new ArrayBlockingQueue<>(BLOCKS);
  private final ArrayBlockingQueue<RecordedBlock> full = new ArrayBlockingQueue<>(BLOCKS);
  private final Thread reader;
  private volatile boolean ended;
  private volatile boolean closed;
  private volatile Throwable failure;

  PrefetchFeed(final BlockSource source, final String name) {
    this.source = source;
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new RecordedBlock());
    }
    reader = new Thread(this::readAll, name);
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll() {
    try {
      RecordedBlock block = free.take();
      while (!closed && source.read(block)) {
        full.put(block);
        block = free.take();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (final RuntimeException | Error e) {
      failure = e;
    } finally {
      ended = true;
    }
  }

  @Override
  public RecordedBlock take() {
    try {
      RecordedBlock block = full.poll();
      while (block == null) {
        final boolean last = ended;
        block = last ? full.poll() : full.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        if (block == null && last) {
          break;
        }
      }
      if (block == null) {
        rethrowFailure();
      }
      return block;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a block", e);
    }
  }

  private void rethrowFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  @Override
  public void release(final RecordedBlock block) {
    free.add(block);
  }

  @Override
  public String damage() {
    return source.damage();
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    }
    source.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
