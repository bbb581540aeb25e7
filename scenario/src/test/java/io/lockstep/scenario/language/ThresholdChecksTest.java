package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which checks a threshold can name. */
class ThresholdChecksTest {
  private static final String FILE =
      """
      name: checked
      target: http://localhost:1
      scenarios:
        one:
          load: {executor: constant-vus, vus: 1, duration: 1s}
          flow:
            - think: 1s
            - request: {name: first, path: /, checks: [{status: 200}]}
            - repeat: 2
              steps:
                - parallel:
                    max: 2
                  requests: [{name: deep, path: /, checks: [{size: {max: 1KiB}, name: small}]}]
      thresholds:
        "checks{check:%s}": ["rate>0.9"]
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"status is 200", "small"})
  void shouldKnowChecksByTheirNamesOrWhatTheySay(final String name) {
    assertDoesNotThrow(() -> load(name));
  }

  @Test
  void shouldRejectACheckThatNoRequestHasWithTheNearestName() {
    final ScenarioException e = assertThrows(ScenarioException.class, () -> load("smal"));
    assertTrue(e.render().contains("no check is `smal`"), e.render());
    assertTrue(e.render().contains("small"), e.render());
  }

  private void load(final String name) throws Exception {
    final Path file = directory.resolve("checked.yaml");
    Files.write(file, FILE.formatted(name).getBytes(StandardCharsets.UTF_8));
    ScenarioFile.load(file);
  }
}
