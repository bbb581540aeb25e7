package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.MappedType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.StepType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.VariantType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference names every key, default and choice that the declarations have, and is right. */
class ReferenceTest {
  private static final Pattern WHOLE_FILE =
      Pattern.compile("```yaml\n(name:.*?)```", Pattern.DOTALL);

  private final String reference = read(Path.of("..", "docs", "reference", "scenario.md"));

  @Test
  void shouldHaveARowForEveryKeyWithItsDefault() {
    final Set<String> missing = new LinkedHashSet<>();
    for (final Key<?> key : keys(TestLanguage.type())) {
      final Pattern row = Pattern.compile("(?m)^\\| `" + Pattern.quote(key.name()) + "` \\|.*\\|$");
      final boolean documented =
          row.matcher(reference)
              .results()
              .anyMatch(
                  found ->
                      key.defaultText().isEmpty()
                          || found.group().contains("`" + key.defaultText() + "`"));
      if (!documented) {
        missing.add(key.name() + " " + key.defaultText());
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldNameEveryVariantAndWord() {
    final Set<String> missing = new LinkedHashSet<>();
    for (final String word : words(TestLanguage.type())) {
      if (!reference.contains("`" + word + "`")) {
        missing.add(word);
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldLoadEveryWholeFileInTheReference() throws Exception {
    final Matcher files = WHOLE_FILE.matcher(reference);
    int count = 0;
    while (files.find()) {
      assertTrue(ScenarioFile.parse("reference.yaml", files.group(1)).vus() > 0);
      count++;
    }
    assertEquals(4, count);
  }

  private static List<Key<?>> keys(final Type<?> type) {
    if (type instanceof ObjectType<?> object) {
      final List<Key<?>> keys = new ArrayList<>(object.keys());
      object.keys().forEach(key -> keys.addAll(keys(key.type())));
      return keys;
    }
    return parts(type).stream().flatMap(part -> keys(part).stream()).toList();
  }

  private static Set<String> words(final Type<?> type) {
    final Set<String> words = new LinkedHashSet<>();
    if (type instanceof EnumType<?> choice) {
      words.addAll(choice.valueByWord().keySet());
    } else if (type instanceof VariantType<?> variant) {
      words.add(variant.selector());
      words.addAll(variant.variants().keySet());
    }
    parts(type).forEach(part -> words.addAll(words(part)));
    return words;
  }

  private static List<? extends Type<?>> parts(final Type<?> type) {
    if (type instanceof ObjectType<?> object) {
      return object.keys().stream().map(Key::type).toList();
    }
    if (type instanceof VariantType<?> variant) {
      return List.copyOf(variant.variants().values());
    }
    if (type instanceof StepType<?> step) {
      return List.copyOf(step.variants().values());
    }
    if (type instanceof ListType<?> list) {
      return List.of(list.item());
    }
    if (type instanceof MapType<?> map) {
      return List.of(map.item());
    }
    if (type instanceof MappedType<?, ?> mapped) {
      return List.of(mapped.type());
    }
    return List.of();
  }

  private static String read(final Path path) {
    try {
      return Files.readString(path);
    } catch (final IOException e) {
      throw new AssertionError(path + " cannot be read", e);
    }
  }
}
