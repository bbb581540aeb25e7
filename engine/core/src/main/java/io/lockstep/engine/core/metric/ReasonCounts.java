package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.FailureReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why something failed, and how often: the first so many reasons by their text, the others as one.
 */
final class ReasonCounts {
  /** Stands for the reasons beyond the first so many. */
  static final String OTHER = FailureReason.OTHER;

  private static final int MAX_REASONS = 20;
  private static final int MAX_LENGTH = 200;

  private final Map<String, Long> countByText = new LinkedHashMap<>();

  /** In the order in which they first came. */
  Map<String, Long> byText() {
    return Collections.unmodifiableMap(countByText);
  }

  void add(final String text, final long count) {
    final String shown = text.length() > MAX_LENGTH ? cut(text) : text;
    final boolean isKept = countByText.containsKey(shown) || countByText.size() < MAX_REASONS;
    countByText.merge(isKept ? shown : OTHER, count, Long::sum);
  }

  /** Adds another shard's. */
  void add(final ReasonCounts other) {
    other.countByText.forEach(this::add);
  }

  private static String cut(final String text) {
    final int end = MAX_LENGTH - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
