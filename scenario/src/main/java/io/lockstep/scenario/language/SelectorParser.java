package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.metric.Selector;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the key of a threshold apart: {@code metric} or {@code metric{tag:value,tag:value}}. A
 * value reaches to the next comma or the closing brace; blanks around names and values do not
 * count. Used once.
 */
final class SelectorParser {
  private static final String FORM =
      "expected http_req_duration or http_req_duration{request:home}";

  private static final String K6_SEPARATOR = "::";

  private final String text;
  private final List<Integer> tagOffsets = new ArrayList<>();
  private ThresholdParser.Fault fault;

  SelectorParser(final String text) {
    this.text = text;
  }

  /** The selector; empty where {@link #fault} says why not. */
  Optional<Selector> parse() {
    final int brace = text.indexOf('{');
    final String metric = (brace < 0 ? text : text.substring(0, brace)).strip();
    if (brace < 0) {
      return Optional.of(new Selector(metric, List.of()));
    }
    final int end = text.indexOf('}', brace);
    if (end < 0) {
      return fail(text.length() - 1, "`}` is missing behind the tags");
    }
    if (!text.substring(end + 1).isBlank()) {
      return fail(end + 1, "nothing can follow the tags");
    }
    final List<Tag> tags = new ArrayList<>();
    int at = brace + 1;
    for (final String part : text.substring(brace + 1, end).split(",", -1)) {
      final int colon = part.indexOf(':');
      final int blanks = part.length() - part.stripLeading().length();
      if (colon < 0 || part.substring(0, colon).isBlank() || part.substring(colon + 1).isBlank()) {
        return fail(at + Math.min(blanks, Math.max(0, part.length() - 1)), "a tag is name:value");
      }
      final Tag tag = tag(part.substring(0, colon).strip(), part.substring(colon + 1).strip());
      if (tags.stream().anyMatch(other -> other.name().equals(tag.name()))) {
        return fail(at + blanks, "the tag `" + tag.name() + "` is here for the second time");
      }
      tags.add(tag);
      tagOffsets.add(at + blanks);
      at += part.length() + 1;
    }
    return Optional.of(new Selector(metric, tags));
  }

  /** A group can be called as k6 calls it too: {@code ::outer::inner} is {@code outer/inner}. */
  private static Tag tag(final String name, final String value) {
    return name.equals(Tag.GROUP) && value.startsWith(K6_SEPARATOR)
        ? new Tag(name, value.substring(K6_SEPARATOR.length()).replace(K6_SEPARATOR, "/"))
        : new Tag(name, value);
  }

  /** Index of a tag's first character. */
  int tagAt(final int index) {
    return tagOffsets.get(index);
  }

  /** Why the text is none. */
  ThresholdParser.Fault fault() {
    return fault;
  }

  private Optional<Selector> fail(final int index, final String message) {
    fault = new ThresholdParser.Fault(index, message, List.of(FORM));
    return Optional.empty();
  }
}
