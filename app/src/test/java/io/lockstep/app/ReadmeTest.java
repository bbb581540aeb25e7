package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README's tour of five minutes tells a newcomer to do, in its order, with its own
 * scenario. Only the target's port is another, since 8080 may be taken.
 */
final class ReadmeTest {
  private static final Pattern TOUR = Pattern.compile("(?ms)^## Five minutes$(.*?)^## ");
  private static final Pattern SCENARIO = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
  private static final Pattern COMMAND = Pattern.compile("\\./lockstep ([^`&\\n]+)");
  private static final Pattern LOOK = Pattern.compile("(?ms)^\\*\\*Look inside\\*\\*.*?\\n\\n");
  private static final Pattern OPTION = Pattern.compile("`(--[a-z]+(?: \\d+)?)`");

  @TempDir private Path directory;
  private String tour;

  @BeforeEach
  void readTour() throws IOException {
    tour = only(TOUR, Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8));
    Scenarios.write(directory, "shop.yaml", only(SCENARIO, tour));
  }

  @Test
  void shouldDoWhatTheTourSays() throws IOException {
    final Set<String> done = new TreeSet<>();
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      for (final String line : commands()) {
        final List<String> words = new ArrayList<>(List.of(line.split(" ")));
        done.add(words.get(0));
        final boolean live = words.get(0).equals("run") && !words.contains("--simulate");
        if (live) {
          words.addAll(List.of("--target", target.url()));
        }
        if (!words.get(0).equals("target")) {
          check(line, live, Invocation.of(directory, words.toArray(String[]::new)));
        }
      }
    }
    assertEquals(Set.of("inspect", "replay", "run", "target", "validate"), done);
  }

  private static void check(final String line, final boolean live, final Invocation invocation) {
    final String all = line + "\n" + invocation.out() + invocation.err();
    // A machine that is busy with other tests may make a live run INVALID: that too is as told.
    assertTrue(invocation.code() == 0 || (live && invocation.code() == 6), all);
    if (line.startsWith("replay")) {
      assertTrue(invocation.out().startsWith("identical"), all);
    }
    if (live) {
      assertTrue(invocation.out().contains("  errors             0\n"), all);
    }
  }

  /** In the order of the text; the options that it names for inspect follow the plain one. */
  private List<String> commands() {
    final List<String> all = new ArrayList<>();
    final Matcher commands = COMMAND.matcher(tour);
    while (commands.find()) {
      final String line = commands.group(1).strip();
      all.add(line);
      if (line.startsWith("inspect")) {
        OPTION.matcher(find(LOOK, tour)).results().forEach(o -> all.add(line + " " + o.group(1)));
      }
    }
    return all;
  }

  private static String only(final Pattern pattern, final String text) {
    final Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), () -> "not in the README any more: " + pattern);
    return matcher.group(1);
  }

  private static String find(final Pattern pattern, final String text) {
    final Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), () -> "not in the README any more: " + pattern);
    return matcher.group();
  }
}
