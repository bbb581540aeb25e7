package io.lockstep.engine.content;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Changes;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Typed;
import io.lockstep.engine.core.port.ValueSink;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Extraction.Pick;
import java.util.ArrayList;
import java.util.List;

/** Takes one extraction's value from responses. */
final class Extractor {
  private final int ordinal;
  private final Extraction extraction;
  private final Finder<Content> finder;
  private final long site;

  /** What is handed over where nothing is found; {@code null} for nothing. */
  private final Object fallback;

  Extractor(
      final int ordinal,
      final Extraction extraction,
      final Finder<Content> finder,
      final long site) {
    this.ordinal = ordinal;
    this.extraction = extraction;
    this.finder = finder;
    this.site = site;
    fallback = extraction.fallback().map(text -> Typed.of(text, extraction.type())).orElse(null);
  }

  /** Hands over the value; whether something was found, rather than the default or nothing. */
  boolean extract(
      final Content content, final long stream, final long counter, final ValueSink sink) {
    if (content.view().status != 0) {
      final Matches found = finder.find(content);
      if (extraction.pick().kind() == Pick.Kind.ALL) {
        final List<Object> values = all(found);
        if (!values.isEmpty()) {
          sink.list(ordinal, values);
          return true;
        }
      } else {
        final Object value = one(found, stream, counter);
        if (value != null) {
          Typed.send(value, ordinal, sink);
          return true;
        }
      }
    }
    missing(sink);
    return false;
  }

  private void missing(final ValueSink sink) {
    if (fallback == null) {
      sink.nothing(ordinal);
    } else if (extraction.pick().kind() == Pick.Kind.ALL) {
      sink.list(ordinal, List.of(fallback));
    } else {
      Typed.send(fallback, ordinal, sink);
    }
  }

  private Object one(final Matches found, final long stream, final long counter) {
    final int count = found.count();
    final int index =
        switch (extraction.pick().kind()) {
          case FIRST -> 0;
          case LAST -> count - 1;
          case NTH -> extraction.pick().index();
          case RANDOM -> (int) KeyedRandom.below(KeyedRandom.draw(stream, site, counter), count);
          case ALL -> throw new IllegalStateException("all are not one");
        };
    return index >= 0 && index < count ? value(found, index) : null;
  }

  private List<Object> all(final Matches found) {
    final List<Object> values = new ArrayList<>(found.count());
    for (int i = 0; i < found.count(); i++) {
      final Object value = value(found, i);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** The changed and typed value; {@code null} for JSON's null and what does not fit. */
  private Object value(final Matches found, final int index) {
    if (found.kind(index) == Kind.NULL) {
      return null;
    }
    final String changed = Changes.apply(extraction.transforms(), found.text(index));
    return changed == null ? null : Typed.of(changed, extraction.type());
  }
}
