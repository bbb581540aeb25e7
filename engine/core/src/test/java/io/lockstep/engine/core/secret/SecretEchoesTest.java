package io.lockstep.engine.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.FailureReason;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

/** Reasons of failures, of which a target has said something, have no secrets. */
final class SecretEchoesTest {
  private static final String SECRET = "s3cret-value-of-the-shop";
  private static final String DIGEST = "9f86d081884c7d65";

  private final SecretEchoes echoes;

  SecretEchoesTest() throws ScenarioException {
    echoes =
        SecretEchoes.of(
            ScenarioFile.parse(
                "t.yaml",
                """
                name: t
                secrets: {key: {env: NONE}}
                headers: {X-Key: "${secrets.key}"}
                simulate: {latency: 1ms}
                scenarios:
                  s:
                    load: {executor: per-vu-iterations, vus: 1, iterations: 1}
                    requests: [{path: /}]
                """),
            new OneSecret(),
            ResponseTools.NONE,
            1);
  }

  @Test
  void shouldMaskWhatAReasonHadBeforeItWasCut() {
    final String before = "x".repeat(198);
    assertEquals(before + "${secrets.key}\u2026", masked(FailureReason.of(before + SECRET)));
    assertEquals(
        "said: ${secrets.key}\uFFFD", masked("said: " + SECRET.substring(0, 9) + "\uFFFD"));
    begin();
    echoes.made(0, DIGEST, "sha256(secrets.key)");
    assertEquals(
        before + "yyyy${secrets}\u2026", masked(FailureReason.of(before + "yyyy" + DIGEST)));
    assertEquals("nothing\u2026", masked("nothing\u2026"));
  }

  @Test
  void shouldMaskWhatIsMadeBesideASecret() {
    begin();
    echoes.made(0, "Bearer " + DIGEST + SECRET, "\"Bearer \" + sha256(secrets.key) + secrets.key");
    assertEquals("${secrets} ${secrets.key}", masked("Bearer " + DIGEST + " " + SECRET));
    begin();
    echoes.made(0, DIGEST + SECRET, "sha256(secrets.key) + secrets.key");
    assertEquals("Bearer ${secrets}, ${secrets.key}", masked("Bearer " + DIGEST + ", " + SECRET));
    begin();
    echoes.made(0, "Bearer " + SECRET, "\"Bearer \" + secrets.key");
    assertEquals("Bearer ${secrets.key} " + DIGEST, masked("Bearer " + SECRET + " " + DIGEST));
  }

  private void begin() {
    echoes.begin(0, 0);
  }

  private String masked(final String reason) {
    final Completion completion = new Completion();
    completion.reason = reason;
    echoes.admit(0, completion);
    return completion.reason;
  }

  private static final class OneSecret implements SecretSource {
    @Override
    public boolean hasValues() {
      return true;
    }

    @Override
    public byte[] value(final int secret) {
      return SECRET.getBytes(UTF_8);
    }

    @Override
    public void echoed(final int secret) {
      assertEquals(0, secret);
    }

    @Override
    public boolean isEchoed(final int secret) {
      return false;
    }
  }
}
