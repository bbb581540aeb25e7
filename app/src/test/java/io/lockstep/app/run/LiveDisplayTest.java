package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.app.console.Console;
import io.lockstep.engine.core.agent.LiveMetrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveDisplayTest {
  private static final LiveMetrics READING =
      new LiveMetrics(
          2_000_000_000L, 4_000_000_000L, 0.5, 3, 20, 20, 0, 0, 1_000_000, 2_000_000, null);
  private static final String TEXT =
      "2s/4s  3 VUs  10/s  p99 1.00ms service 2.00ms response  0 errors";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldDrawInPlaceOnATerminalAndWipeItself() {
    final LiveDisplay display = display(true, Map.of());
    display.draw(READING);
    display.say("stopping");
    display.draw(READING);
    display.close();
    final String drawn = "\r\u001b[?7l" + TEXT + "\u001b[K\u001b[?7h";
    final String wiped = "\r\u001b[?7l\u001b[K\u001b[?7h";
    assertEquals(drawn + wiped + "stopping\n" + drawn + wiped, text());
  }

  @Test
  void shouldPrintPlainLinesElsewhere() {
    final LiveDisplay display = display(false, Map.of());
    display.draw(READING);
    display.draw(READING);
    display.close();
    assertEquals(TEXT + "\n" + TEXT + "\n", text());
  }

  @Test
  void shouldPrintPlainLinesOnADumbTerminal() {
    final LiveDisplay display = display(true, Map.of("TERM", "dumb"));
    display.draw(READING);
    display.close();
    assertEquals(TEXT + "\n", text());
  }

  @Test
  void shouldDrawNothingOnceClosed() {
    final LiveDisplay display = display(true, Map.of());
    display.close();
    display.draw(READING);
    assertEquals("", text());
  }

  private LiveDisplay display(final boolean terminal, final Map<String, String> environment) {
    final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new LiveDisplay(
        () -> READING,
        LiveWaits.NONE,
        new Console(stream, stream, terminal, terminal, environment, Path.of("")));
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
