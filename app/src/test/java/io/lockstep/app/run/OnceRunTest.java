package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference says to write in place of a setup and a teardown does what it says. */
final class OnceRunTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "flows.md");
  private static final long S = 1_000_000_000L;

  @TempDir private Path directory;
  private String example;

  @BeforeEach
  void findExample() throws IOException {
    final String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    final int start = page.indexOf("name: once\n");
    example = page.substring(start, page.indexOf("```", start));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void shouldDoOneThingBeforeAndOneAfterEverything(final String shards) throws IOException {
    final Invocation run = run("simulate: {latency: 20ms}\n", shards);
    assertEquals(0, run.code(), run.out() + run.err());
    final List<JsonNode> issued = issued();
    assertEquals(1, issued.stream().filter(e -> isOf(e, "prepare")).count());
    assertEquals(1, issued.stream().filter(e -> isOf(e, "clean")).count());
    assertTrue(issued.size() > 1_000, "requests: " + issued.size());
    assertTrue(isOf(issued.get(0), "prepare"));
    assertTrue(isOf(issued.get(issued.size() - 1), "clean"));
    for (final JsonNode event : issued.subList(1, issued.size() - 1)) {
      final long atNs = event.get("intendedNs").asLong();
      assertTrue(atNs >= 5 * S && atNs <= 70 * S, event.toString());
    }
    assertEquals(0, Invocation.of(directory, "replay", "o").code());
  }

  @Test
  void shouldStartNothingWhereThePreparationFailed() throws IOException {
    final Invocation run =
        run("simulate: {latency: 20ms, requests: {prepare/fill: {errors: {reset: 1}}}}\n", "1");
    assertEquals(99, run.code(), run.out() + run.err());
    assertEquals(1, issued().size());
    assertEquals(0, Invocation.of(directory, "replay", "o").code());
  }

  private Invocation run(final String target, final String shards) throws IOException {
    Scenarios.write(directory, "once.yaml", example + target);
    return Invocation.of(
        directory, "run", "once.yaml", "--simulate", "--name", "o", "--quiet", "--shards", shards);
  }

  private List<JsonNode> issued() throws IOException {
    final ObjectMapper mapper = new ObjectMapper();
    final Invocation events = Invocation.of(directory, "inspect", "o", "--events", "--json");
    final List<String> lines =
        events.out().lines().filter(line -> line.contains("\"request_issued\"")).toList();
    final List<JsonNode> issued = new ArrayList<>();
    for (final String line : lines) {
      issued.add(mapper.readTree(line));
    }
    return issued;
  }

  private static boolean isOf(final JsonNode event, final String scenario) {
    return event.get("scenario").asText().equals(scenario);
  }
}
