package io.lockstep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.app.command.CommandTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
  private static final Path HERE = Path.of("");

  static List<String> commands() {
    return new CommandTree().names();
  }

  @Test
  void shouldShowAllCommandsInTheHelp() throws IOException {
    final Invocation help = Invocation.of(HERE, "--help");
    assertEquals(0, help.code());
    assertEquals("", help.err());
    Snapshot.check("help", help.out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldShowTheHelpOfACommand(final String name) throws IOException {
    final Invocation help = Invocation.of(HERE, name, "--help");
    assertEquals(0, help.code());
    assertEquals("", help.err());
    assertTrue(help.out().contains("Examples:"), help.out());
    assertTrue(help.out().contains("Exit codes:"), help.out());
    Snapshot.check("help-" + name, help.out());
  }

  @Test
  void shouldKeepTheReferenceInStepWithTheHelp() throws IOException {
    final CommandTree tree = new CommandTree();
    final StringBuilder page = new StringBuilder();
    page.append("# The command line\n\n");
    page.append("Made from the command's own help, and compared with it by `HelpTest`.\n\n");
    page.append("## lockstep\n\n```\n").append(tree.help("", false)).append("```\n");
    for (final String name : tree.names()) {
      page.append("\n## lockstep ").append(name).append("\n\n```\n");
      page.append(tree.help(name, false)).append("```\n");
    }
    Snapshot.checkFile(Path.of("..", "docs", "reference", "cli.md"), page.toString());
  }

  @Test
  void shouldShowTheHelpAndFailWithoutACommand() {
    final Invocation nothing = Invocation.of(HERE);
    assertEquals(2, nothing.code());
    assertEquals("", nothing.out());
    assertTrue(nothing.err().contains("Commands:"), nothing.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void shouldTellItsVersion(final String option) {
    final Invocation version = Invocation.of(HERE, option);
    assertEquals(0, version.code());
    assertTrue(version.out().matches("lockstep \\d+\\.\\d+\\.\\d+ \\(Java .*\\)\\R"), version.out());
  }

  @Test
  void shouldColourTheHelpOnATerminalOnly() {
    assertTrue(Invocation.of(HERE, Map.of(), true, "--help").out().contains("\u001b["));
    assertFalse(Invocation.of(HERE, Map.of(), false, "--help").out().contains("\u001b["));
  }

  @Test
  void shouldNotColourWhereNoColorOrADumbTerminalIsSet() {
    for (final Map<String, String> environment :
        List.of(Map.of("NO_COLOR", "1"), Map.of("TERM", "dumb"))) {
      final String out = Invocation.of(HERE, environment, true, "--help").out();
      assertFalse(out.contains("\u001b["), environment.toString());
    }
  }
}
