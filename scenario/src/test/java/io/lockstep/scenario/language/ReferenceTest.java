package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.read.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reference's tables are those of the declarations, and its examples run. To rewrite the tables
 * after a wanted change: {@code ./mvnw -pl scenario test -Dtest=ReferenceTest
 * -Dlockstep.snapshots=write}, then look at the diff.
 */
class ReferenceTest {
  private static final List<Path> PAGES =
      Stream.of(
              "scenario.md",
              "requests.md",
              "connections.md",
              "loads.md",
              "flows.md",
              "responses.md")
          .map(name -> Path.of("..", "docs", "reference", name))
          .toList();
  private static final Pattern WHOLE_FILE =
      Pattern.compile("```yaml\n(name:.*?)```", Pattern.DOTALL);

  private final Schema schema = TestLanguage.schema(false);

  @Test
  void shouldHaveTheTablesOfTheDeclarations() throws IOException {
    final List<String> pages = read();
    final List<String> filledIn = new ReferencePage(schema).filledIn(pages);
    if ("write".equals(System.getProperty("lockstep.snapshots"))) {
      for (int i = 0; i < filledIn.size(); i++) {
        Files.writeString(PAGES.get(i), filledIn.get(i), StandardCharsets.UTF_8);
      }
    } else {
      assertEquals(filledIn, pages, "rewrite them: see the comment on this class");
    }
  }

  @Test
  void shouldHaveAPlaceForEveryTable() throws IOException {
    assertTrue(whole().contains("<!-- keys: * -->"), "where tables go that nobody has placed yet");
  }

  @Test
  void shouldNameEveryVariantAndWord() throws IOException {
    final Set<String> missing = new LinkedHashSet<>();
    final String page = whole();
    collectWords(schema, missing);
    missing.removeIf(word -> page.contains("`" + word + "`") || page.contains(": " + word + "`"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldLoadEveryWholeFileInTheReference() throws Exception {
    final Matcher files = WHOLE_FILE.matcher(whole());
    int count = 0;
    while (files.find()) {
      assertTrue(ScenarioFile.parse("reference.yaml", files.group(1)).vus() > 0);
      count++;
    }
    assertTrue(count >= 2, count + " whole files");
  }

  private static void collectWords(final Object value, final Set<String> words) {
    if (value instanceof Schema part) {
      if (part.get("const") != null) {
        words.add(part.get("const").toString());
      }
      if (part.get("enum") != null) {
        ((Collection<?>) part.get("enum")).forEach(word -> words.add(word.toString()));
      }
      part.keywords().values().forEach(child -> collectWords(child, words));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(child -> collectWords(child, words));
    } else if (value instanceof Collection<?> list) {
      list.forEach(child -> collectWords(child, words));
    }
  }

  private static List<String> read() throws IOException {
    final List<String> pages = new ArrayList<>();
    for (final Path page : PAGES) {
      pages.add(Files.readString(page, StandardCharsets.UTF_8));
    }
    return pages;
  }

  private static String whole() throws IOException {
    return String.join("\n", read());
  }
}
