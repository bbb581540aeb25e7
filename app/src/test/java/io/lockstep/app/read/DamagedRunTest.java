package io.lockstep.app.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.journal.run.Manifest;
import io.lockstep.journal.run.RunDirectory;
import io.lockstep.journal.run.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replay and inspection of runs that are not whole, not closed, or not of this version. */
final class DamagedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @BeforeEach
  void run() throws IOException {
    Scenarios.write(directory, "shop.yaml", Scenarios.SHOP.replace("vus: 10", "vus: 60"));
    final Invocation run = lockstep("run", "shop.yaml", "--simulate", "--name", "r", "--quiet");
    assertEquals(0, run.code(), run.err());
  }

  @Test
  void shouldTellAMissingScenarioAsDamageAlsoInJson() throws IOException {
    Files.delete(file("scenario.yaml"));
    final Invocation replay = lockstep("replay", "r");
    assertEquals(3, replay.code(), replay.err());
    assertTrue(replay.out().startsWith("damaged"), replay.out());
    assertTrue(replay.out().contains("scenario.yaml is missing"), replay.out());
    final Invocation json = lockstep("replay", "r", "--json");
    assertEquals(3, json.code());
    assertEquals("damaged", JSON.readTree(json.out()).at("/verdict").asText());
    assertTrue(JSON.readTree(json.out()).at("/details/0").asText().endsWith("is missing"));
    final Invocation events = lockstep("inspect", "r", "--vu", "3");
    assertEquals(3, events.code(), events.err());
    assertFalse(events.out().isEmpty());
    assertTrue(events.err().contains("numbers stand for names"), events.err());
  }

  @Test
  void shouldNotUseTheNamesOfAnAlteredScenario() throws IOException {
    final String altered = Files.readString(file("scenario.yaml")).replace("home", "house");
    Files.writeString(file("scenario.yaml"), altered);
    final Invocation events = lockstep("inspect", "r", "--events");
    assertEquals(3, events.code());
    assertFalse(events.out().contains("house"), "a name that the run did not have");
    assertTrue(events.err().contains("scenario.yaml is not what the run wrote"), events.err());
    final Invocation replay = lockstep("replay", "r", "--json");
    assertEquals("diverged", JSON.readTree(replay.out()).at("/verdict").asText());
  }

  @Test
  void shouldCallAScenarioThatWasBrokenDamaged() throws IOException {
    Files.writeString(file("scenario.yaml"), "{");
    final Invocation replay = lockstep("replay", "r", "--json");
    assertEquals(3, replay.code(), replay.err());
    final JsonNode json = JSON.readTree(replay.out());
    assertEquals("damaged", json.at("/verdict").asText());
    assertTrue(json.at("/details/0").asText().contains("is not what the run wrote"), json + "");
  }

  @Test
  void shouldTellANewerFormatBeforeItLooksAtTheScenario() throws IOException {
    Files.writeString(file("run.json"), "{\"formatVersion\": 2}");
    Files.writeString(file("scenario.yaml"), "key_of_the_future: 1\n");
    for (final String command : new String[] {"replay", "inspect"}) {
      final Invocation newer = lockstep(command, "r");
      assertEquals(2, newer.code(), newer.err());
      assertTrue(newer.err().contains("has format 2"), newer.err());
    }
  }

  @Test
  void shouldTellAnIntactScenarioWithUnknownKeysFromADamagedOne() throws IOException {
    final byte[] newer =
        (Files.readString(file("scenario.yaml")) + "key_of_the_future: 1\n")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(file("scenario.yaml"), newer);
    try (RunDirectory run = open()) {
      final Map<String, String> files = new TreeMap<>(run.manifest().files());
      files.put("scenario.yaml", Sha256.hex(newer));
      run.manifest(run.manifest().ended(Manifest.State.CLOSED, files, run.manifest().result()));
    }
    final Invocation replay = lockstep("replay", "r");
    assertEquals(2, replay.code(), replay.out());
    assertTrue(replay.err().contains("was written for lockstep "), replay.err());
    assertTrue(replay.err().contains("key_of_the_future"), replay.err());
  }

  @Test
  void shouldTakeTheScenarioThatTheManifestNames() throws IOException {
    Files.writeString(directory.resolve("j.json"), jsonScenario());
    final Invocation run = lockstep("run", "j.json", "--simulate", "--name", "j", "--quiet");
    assertEquals(0, run.code(), run.err());
    Files.writeString(directory.resolve("runs/j/scenario.yaml"), "name: stray\n");
    final Invocation replay = lockstep("replay", "j");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  @Test
  void shouldFailAnInspectionThatMissesAFile() throws IOException {
    Files.delete(file("summary.json"));
    final Invocation overview = lockstep("inspect", "r");
    assertEquals(3, overview.code());
    assertTrue(overview.out().contains("summary.json is missing"), overview.out());
  }

  @Test
  void shouldCallAManifestThatIsADirectoryDamaged() throws IOException {
    Files.delete(file("run.json"));
    Files.createDirectory(file("run.json"));
    final Invocation replay = lockstep("replay", "r", "--json");
    assertEquals(3, replay.code(), replay.err());
    assertEquals("damaged", JSON.readTree(replay.out()).at("/verdict").asText());
    assertEquals(3, lockstep("inspect", "r").code());
  }

  @Test
  void shouldCallARunThatWasKilledTruncated() throws IOException {
    unclose();
    dropLastBlock();
    final Invocation replay = lockstep("replay", "r");
    assertEquals(3, replay.code());
    assertTrue(replay.out().startsWith("truncated"), replay.out());
    assertFalse(replay.out().contains("still being written"), replay.out());
    final Invocation events = lockstep("inspect", "r", "--events");
    assertEquals(3, events.code());
    assertTrue(events.err().contains("the run was not written to its end"), events.err());
    assertEquals(3, lockstep("inspect", "r").code());
  }

  @Test
  void shouldSayThatARunIsStillBeingWritten() throws IOException {
    unclose();
    dropLastBlock();
    try (FileChannel lock = FileChannel.open(file("run.lock"), StandardOpenOption.WRITE)) {
      lock.lock();
      final Invocation replay = lockstep("replay", "r");
      assertEquals(3, replay.code());
      assertTrue(replay.out().startsWith("truncated"), replay.out());
      assertTrue(replay.out().contains("the run is still being written"), replay.out());
      final Invocation events = lockstep("inspect", "r", "--events");
      assertEquals(0, events.code(), events.err());
      assertTrue(events.err().contains("the run is still being written"), events.err());
      assertEquals(0, lockstep("inspect", "r").code());
    }
  }

  @Test
  void shouldCallARunThatWasKilledAsItStartedTruncated() throws IOException {
    unclose();
    Files.delete(file("journal/0/19700101F.cq4"));
    final Invocation replay = lockstep("replay", "r");
    assertEquals(3, replay.code());
    assertTrue(replay.out().startsWith("truncated"), replay.out());
    assertTrue(replay.out().contains("killed before its journal began"), replay.out());
    final Invocation overview = lockstep("inspect", "r");
    assertEquals(3, overview.code());
    assertTrue(overview.out().contains("absent: the journal of shard 0"), overview.out());
  }

  private static String jsonScenario() {
    return """
        {"name": "j", "seed": 1, "target": "http://127.0.0.1:1",
         "scenarios": {"s": {"load": {"executor": "constant-vus", "vus": 2, "duration": "1s"},
           "requests": [{"name": "one", "path": "/"}]}},
         "simulate": {"latency": {"distribution": "lognormal", "median": "20ms", "sigma": 0.5}}}
        """;
  }

  /** As if the process had been killed before it wrote the manifest for the second time. */
  private void unclose() throws IOException {
    Files.delete(file("summary.json"));
    Files.delete(file("latency.hlog"));
    try (RunDirectory run = open()) {
      final Map<String, String> files = new TreeMap<>(run.manifest().files());
      files.keySet().retainAll(Set.of("scenario.yaml"));
      run.manifest(run.manifest().ended(Manifest.State.RUNNING, files, null));
    }
  }

  private void dropLastBlock() throws IOException {
    final Path journal = file("journal/0/19700101F.cq4");
    final byte[] bytes = Files.readAllBytes(journal);
    final ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int last = 0;
    int at = 0;
    for (int header = words.getInt(at); header != 0; header = words.getInt(at)) {
      last = at;
      at += 4 + (((header & 0x3FFF_FFFF) + 3) & ~3);
    }
    assertTrue(last > 0);
    Arrays.fill(bytes, last, bytes.length, (byte) 0);
    Files.write(journal, bytes);
  }

  private RunDirectory open() {
    return RunDirectory.open(directory.resolve("runs"), "r");
  }

  private Path file(final String name) {
    return directory.resolve("runs/r").resolve(name);
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, arguments);
  }
}
