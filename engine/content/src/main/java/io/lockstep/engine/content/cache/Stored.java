package io.lockstep.engine.content.cache;

import io.lockstep.engine.content.response.HeaderLines;
import io.lockstep.engine.content.response.HttpDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What the head of a response says about keeping it (RFC 9111, sections 3 and 4.2).
 *
 * @param storable whether it may be kept at all
 * @param alwaysAsks whether it must be asked for again each time
 * @param lifetimeMs how long it is fresh
 * @param initialAgeMs how old it was when it came
 * @param responseMs when it came, since 1970
 * @param etag {@code null} for none
 * @param lastModified {@code null} for none
 * @param vary names of request headers that it depends on, in lower case, and the values that they
 *     had, by turns
 */
record Stored(
    boolean storable,
    boolean alwaysAsks,
    long lifetimeMs,
    long initialAgeMs,
    long responseMs,
    String etag,
    String lastModified,
    List<String> vary) {
  Stored {
    vary = List.copyOf(vary);
  }

  static Stored read(
      final UnaryOperator<String> requestHeader,
      final UnaryOperator<String> responseHeader,
      final HeaderLines lines,
      final long requestMs,
      final long responseMs) {
    final CacheControl control = CacheControl.of(lines);
    final OptionalLong date = date(responseHeader.apply("date"));
    final long dateMs = date.orElse(responseMs);
    final long apparentAgeMs = Math.max(0, responseMs - dateMs);
    final long ageMs = CacheControl.seconds(responseHeader.apply("age")) * 1_000;
    final String vary = responseHeader.apply("vary");
    return new Stored(
        !control.noStore() && (vary == null || !vary.contains("*")),
        control.noCache(),
        lifetimeMs(control, responseHeader.apply("expires"), dateMs),
        Math.max(apparentAgeMs, ageMs + (responseMs - requestMs)),
        responseMs,
        responseHeader.apply("etag"),
        responseHeader.apply("last-modified"),
        varying(vary, requestHeader));
  }

  private static OptionalLong date(final String text) {
    return text == null ? OptionalLong.empty() : HttpDate.epochMs(text);
  }

  /** Section 4.2.1; where the response does not say, it is stale at once: no heuristics. */
  private static long lifetimeMs(
      final CacheControl control, final String expires, final long dateMs) {
    if (control.maxAgeSeconds().isPresent()) {
      return control.maxAgeSeconds().getAsLong() * 1_000;
    }
    final OptionalLong expiresMs = date(expires);
    return expiresMs.isPresent() ? Math.max(0, expiresMs.getAsLong() - dateMs) : 0;
  }

  private static List<String> varying(
      final String vary, final UnaryOperator<String> requestHeader) {
    final List<String> values = new ArrayList<>();
    if (vary != null) {
      for (final String name : vary.split(",", -1)) {
        final String lower = name.strip().toLowerCase(Locale.ROOT);
        if (!lower.isEmpty()) {
          values.add(lower);
          values.add(value(requestHeader, lower));
        }
      }
    }
    return values;
  }

  private static String value(final UnaryOperator<String> requestHeader, final String name) {
    final String value = requestHeader.apply(name);
    return value == null ? "" : value;
  }

  /** Section 4.1. */
  boolean suits(final UnaryOperator<String> requestHeader) {
    for (int i = 0; i < vary.size(); i += 2) {
      if (!vary.get(i + 1).equals(value(requestHeader, vary.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Section 4.2.3. */
  long ageMs(final long nowMs) {
    return initialAgeMs + (nowMs - responseMs);
  }

  boolean isFresh(final long nowMs) {
    return !alwaysAsks && lifetimeMs > ageMs(nowMs);
  }

  boolean hasValidator() {
    return etag != null || lastModified != null;
  }

  /** This with what a later answer "not modified" says (section 3.2). */
  Stored freshenedBy(final Stored later) {
    return new Stored(
        later.storable,
        later.alwaysAsks,
        later.lifetimeMs,
        later.initialAgeMs,
        later.responseMs,
        later.etag == null ? etag : later.etag,
        later.lastModified == null ? lastModified : later.lastModified,
        vary);
  }
}
