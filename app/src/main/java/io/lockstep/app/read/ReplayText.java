package io.lockstep.app.read;

import io.lockstep.replay.ReplayResult;
import io.lockstep.replay.shard.ReplayVerdict;
import io.lockstep.replay.event.Durations;
import java.util.Locale;

/** The result of a replay for people. */
public final class ReplayText {
  private static final String GREEN = "\u001b[1;32m";
  private static final String RED = "\u001b[1;31m";
  private static final String RESET = "\u001b[0m";

  private ReplayText() {}

  /** Several lines, each ended; the verdict first. */
  public static String of(final ReplayResult result, final boolean colour) {
    final boolean good = result.verdict() == ReplayVerdict.IDENTICAL;
    final StringBuilder text = new StringBuilder();
    final String word = result.verdict().name().toLowerCase(Locale.ROOT);
    text.append(colour ? (good ? GREEN : RED) + word + RESET : word);
    text.append("  ").append(meaning(result.verdict())).append('\n');
    result.details().forEach(detail -> text.append("  ").append(detail).append('\n'));
    text.append('\n');
    item(text, "events", "%,d replayed, of %d %s"
        .formatted(result.events(), result.shards(), result.shards() == 1 ? "shard" : "shards"));
    item(text, "time", Durations.rounded(result.nanos()));
    item(text, "speed", String.format(Locale.ROOT, "%,d events/s", result.eventsPerSecond()));
    item(text, "generation digest", result.generation().hex());
    if (!result.journalDigest().isEmpty()) {
      item(text, "journal digest", result.journalDigest());
    }
    if (result.divergence() != null) {
      text.append('\n').append(result.divergence().text());
    }
    return text.toString();
  }

  private static String meaning(final ReplayVerdict verdict) {
    return switch (verdict) {
      case IDENTICAL -> "every byte of every event, all digests and the summary are as recorded";
      case TRUNCATED -> "what was recorded is identical, but the recording ends before the run";
      case DAMAGED -> "the run's files are not what was written; what precedes is identical";
      case DIVERGED -> "the replay does not do what was recorded";
    };
  }

  private static void item(final StringBuilder text, final String name, final String value) {
    text.append(String.format(Locale.ROOT, "  %-18s %s\n", name, value));
  }
}
