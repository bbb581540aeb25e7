package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.journal.run.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that send files and forms: what the target gets, what is kept, and what replays. */
final class UploadRunTest {
  private static final String SECRET = "s3cret & more";
  private static final String SCENARIO =
      """
      name: uploads
      seed: 9
      target: http://127.0.0.1:1
      secrets: {password: {env: PASSWORD}}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 2, iterations: 2}
          redirects: 3
          flow:
            - request:
                name: file
                method: PUT
                path: /upload
                body_file: data/large.bin
                expect_continue: true
                extract: {sha: {json: "$.sha256"}, came: {json: "$.bytes"}}
            - if: "sha != 'DIGEST' || text(came) != '300000'"
              then: [{request: {name: wrong file, path: "/status?code=500"}}]
            - request:
                name: parts
                method: POST
                path: "/redirect?to=/upload&code=307"
                multipart:
                  - {name: user, value: "u${vu} ${secrets.password}"}
                  - {name: doc, file: data/large.bin}
                extract: {came: {json: "$.bytes"}}
            - if: "text(came) == '300000'"
              then: [{request: {name: wrong parts, path: "/status?code=500"}}]
            - request:
                name: form
                method: POST
                path: /upload
                form: {user: "u ${vu}", password: "${secrets.password}"}
                extract: {came: {json: "$.bytes"}}
            - if: "text(came) != '39'"
              then: [{request: {name: wrong form, path: "/status?code=500"}}]
      simulate: {latency: 1ms, body: '{"sha256": "DIGEST", "bytes": 300000, "body": ""}'}
      """;

  @TempDir private Path directory;

  @Test
  void shouldSendWhatItKeepsAndReplayWithoutIt() throws IOException {
    Files.createDirectory(directory.resolve("data"));
    final Path file = directory.resolve("data/large.bin");
    final byte[] bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7 + i / 256);
    }
    Files.write(file, bytes);
    final String digest = Sha256.hex(file);
    Scenarios.write(directory, "a.yaml", SCENARIO.replace("DIGEST", digest));
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      final Invocation run =
          lockstep("run", "a.yaml", "--target", target.url(), "--name", "r", "--json", "r.json");
      assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    }
    final JsonNode totals =
        new ObjectMapper()
            .readTree(Files.readString(directory.resolve("r.json"), StandardCharsets.UTF_8))
            .at("/requests");
    assertTrue(totals.size() > 3, totals::toPrettyString);
    for (final JsonNode request : totals) {
      final boolean wrong = request.get("name").asText().contains("wrong");
      assertEquals(wrong, request.get("issued").asLong() == 0, request::toPrettyString);
    }
    final Invocation plan = lockstep("plan", "a.yaml", "--vu", "1");
    assertTrue(
        plan.out().contains("<file data/large.bin, 300,000 bytes, SHA-256 " + digest + ">"),
        plan::toString);
    Files.delete(file);
    final Invocation replay = lockstep("replay", "r");
    assertTrue(replay.out().startsWith("identical"), replay::toString);
    assertEquals(
        bytes.length, Files.size(directory.resolve("runs/r/data/sent.bin")), "the run's own copy");
    assertEquals(List.of(), new SecretScan(SECRET).below(directory.resolve("runs")));
  }

  private Invocation lockstep(final String... words) {
    return Invocation.of(directory, Map.of("PASSWORD", SECRET), false, words);
  }
}
