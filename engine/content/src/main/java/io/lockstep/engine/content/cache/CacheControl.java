package io.lockstep.engine.content.cache;

import io.lockstep.engine.content.response.HeaderLines;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directives of {@code Cache-Control} that a private cache heeds (RFC 9111, section 5.2); of
 * one that is there twice the first counts.
 */
final class CacheControl {
  private static final Pattern DIRECTIVE =
      Pattern.compile("([^,=\\s\"]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^,\\s\"]*)))?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  /** Stands for any longer time (section 1.2.2). */
  private static final long LONGEST_SECONDS = 1L << 31;

  private boolean noStore;
  private boolean noCache;
  private OptionalLong maxAgeSeconds = OptionalLong.empty();

  private CacheControl() {}

  /** Of all lines of the header. */
  static CacheControl of(final HeaderLines lines) {
    final CacheControl control = new CacheControl();
    while (lines.next()) {
      if (lines.isNamed("cache-control")) {
        control.add(lines.value());
      }
    }
    return control;
  }

  /** Of one line; {@code null} for none. */
  static CacheControl of(final String value) {
    final CacheControl control = new CacheControl();
    if (value != null) {
      control.add(value);
    }
    return control;
  }

  private void add(final String value) {
    final Matcher directive = DIRECTIVE.matcher(value);
    while (directive.find()) {
      switch (directive.group(1).toLowerCase(Locale.ROOT)) {
        case "no-store" -> noStore = true;
        case "no-cache" -> noCache = true;
        case "max-age" -> {
          if (maxAgeSeconds.isEmpty()) {
            final String quoted = directive.group(2);
            maxAgeSeconds = OptionalLong.of(seconds(quoted == null ? directive.group(3) : quoted));
          }
        }
        default -> {
          // For shared caches, or about what is stale, which is never used here unasked.
        }
      }
    }
  }

  /** What is no number is stale at once. */
  static long seconds(final String text) {
    return text != null && SECONDS.matcher(text).matches()
        ? Math.min(Long.parseLong(text), LONGEST_SECONDS)
        : 0;
  }

  boolean noStore() {
    return noStore;
  }

  boolean noCache() {
    return noCache;
  }

  OptionalLong maxAgeSeconds() {
    return maxAgeSeconds;
  }
}
