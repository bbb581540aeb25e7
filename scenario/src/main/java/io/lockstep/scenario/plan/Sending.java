package io.lockstep.scenario.plan;

import java.util.List;

/**
 * How a request is sent that is not all text, or not sent at once.
 *
 * @param files of its body, in their order
 * @param continueNs how long its body waits for the target to say that it wants it, {@link
 *     #AT_ONCE} for not at all
 */
public record Sending(List<BodyFile> files, long continueNs) {
  /** In place of a time: the body follows the head. */
  public static final long AT_ONCE = 0;

  /** A request of text, sent at once. */
  public static final Sending PLAIN = new Sending(List.of(), AT_ONCE);

  public Sending {
    files = List.copyOf(files);
  }

  /** Whether it is all text and sent at once. */
  public boolean isPlain() {
    return equals(PLAIN);
  }

  /** Bytes of its files. */
  public long fileBytes() {
    return files.stream().mapToLong(BodyFile::bytes).sum();
  }
}
