package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.metric.Metric;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tags that the user gives to samples. */
final class Tags {
  static final String KEY = "tags";

  private static final int MAX_TAGS = 20;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  static final Type<List<Tag>> TYPE =
      new MappedType<>(
          new MapType<>(
              "tags",
              Tags::nameFault,
              new TextType("a tag's value", true, Tags::valueFault),
              0,
              MAX_TAGS),
          valueByName ->
              valueByName.entrySet().stream().map(e -> new Tag(e.getKey(), e.getValue())).toList());

  private Tags() {}

  private static Optional<String> nameFault(final String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of("is no tag name: lower-case letters, digits and `_`, at most 64");
    }
    return Arrays.stream(Metric.values()).anyMatch(metric -> metric.tags().contains(name))
        ? Optional.of("is a tag that samples have anyway")
        : Optional.empty();
  }

  /** What could not be written in a selector is refused. */
  private static Optional<String> valueFault(final String value) {
    return value.matches(".*[,{}].*")
        ? Optional.of("has a comma or a brace in it, which no threshold could name")
        : NameRules.nameFault(value);
  }
}
