package io.lockstep.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that answer challenges: what the target takes, what is kept, and what replays. */
final class DigestRunTest {
  private static final String PASSWORD = "p4ssw0rd:of-ann";
  private static final String SCENARIO =
      """
      name: digest
      seed: 9
      target: http://127.0.0.1:1
      secrets: {password: {env: PASSWORD}}
      auth: {digest: {user: ann, password: "${secrets.password}"}}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 2, iterations: 3}
          flow:
            - request: {name: one, path: "PATH", checks: [{status: 200}]}
            - request: {name: two, method: POST, path: "PATH", body: x, checks: [{status: 200}]}
      simulate: {latency: 1ms}
      """;
  private static final String HTTPD =
      """
      ServerRoot DIRECTORY
      PidFile pid
      Listen 127.0.0.1:PORT
      ServerName localhost
      ErrorLog DIRECTORY/error.log
      LoadModule mpm_event_module MODULES/mod_mpm_event.so
      LoadModule authn_core_module MODULES/mod_authn_core.so
      LoadModule authn_file_module MODULES/mod_authn_file.so
      LoadModule authz_core_module MODULES/mod_authz_core.so
      LoadModule authz_user_module MODULES/mod_authz_user.so
      LoadModule auth_digest_module MODULES/mod_auth_digest.so
      DocumentRoot DIRECTORY/html
      <Location />
        AuthType Digest
        AuthName "a realm"
        AuthDigestNonceLifetime 300
        AuthUserFile DIRECTORY/users
        Require valid-user
      </Location>
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "MD5,,6,2",
    "SHA-256,,6,2",
    "MD5-sess,,6,2",
    "SHA-256-sess,,6,2",
    "MD5,2,6,6",
    "MD5,1,6,12"
  })
  void shouldAnswerTheChallengesOfTheTarget(
      final String algorithm, final String uses, final int each, final int challenges)
      throws IOException {
    final String path =
        "/auth?digest=ann:${urlencode(secrets.password)}&algorithm="
            + algorithm
            + (uses == null ? "" : "&uses=" + uses);
    write(path);
    final Invocation run;
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run = run(target.url(), "r");
    }
    assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    long welcomed = 0;
    long asked = 0;
    for (final JsonNode request : summary("r").at("/requests")) {
      welcomed += request.at("/checks/0/passed").asLong();
      asked += request.get("issued").asLong();
    }
    final String turns = lockstep("inspect", "r", "--events").out();
    assertEquals(challenges, turns.lines().filter(l -> l.contains("challenged")).count(), turns);
    assertEquals(2L * each + challenges, asked, run::toString);
    final Invocation replay = lockstep("replay", "r");
    assertTrue(replay.out().startsWith("identical"), replay::toString);
    assertEquals(List.of(), new SecretScan(PASSWORD).below(directory.resolve("runs")));
    assertTrue(welcomed == 0 || welcomed == 2L * each, run::toString);
  }

  @Test
  void shouldSayTheSameWhetherItIsChallengedOrNot() throws IOException {
    write("/auth?digest=ann:${urlencode(secrets.password)}");
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run(target.url(), "live");
    }
    lockstep("run", "a.yaml", "--simulate", "--name", "sim", "--json", "sim.json");
    assertEquals(
        summary("live").at("/run/generationDigest").asText(),
        summary("sim").at("/run/generationDigest").asText());
  }

  /** Its realm is "lockstep", which is masked where the run keeps it, not where it is hashed. */
  @Test
  void shouldAnswerAChallengeThatHasThePasswordInIt() throws IOException {
    write("/auth?digest=ann:${urlencode(secrets.password)}");
    final Map<String, String> environment = Map.of("PASSWORD", "lockstep");
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      Invocation.of(
          directory,
          environment,
          false,
          "run",
          "a.yaml",
          "--target",
          target.url(),
          "--name",
          "r",
          "--json",
          "r.json");
    }
    long asked = 0;
    for (final JsonNode request : summary("r").at("/requests")) {
      asked += request.get("issued").asLong();
    }
    assertEquals(14, asked, "each VU is challenged once");
    assertTrue(lockstep("replay", "r").out().startsWith("identical"));
  }

  @Test
  void shouldStopAskingWhereThePasswordIsWrong() throws IOException {
    write("/auth?digest=ann:other");
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      run(target.url(), "r");
    }
    long asked = 0;
    for (final JsonNode request : summary("r").at("/requests")) {
      asked += request.get("issued").asLong();
    }
    assertEquals(24, asked, "each is asked twice");
    assertTrue(lockstep("replay", "r").out().startsWith("identical"));
  }

  @Test
  void shouldAnswerTheChallengesOfApache() throws Exception {
    final Optional<Path> program = program();
    final Path modules = Path.of("/usr/lib/apache2/modules");
    final boolean installed =
        program.isPresent() && Files.exists(modules.resolve("mod_auth_digest.so"));
    if (!installed) {
      System.out.println("DigestRunTest: no challenges by Apache httpd, it is not installed");
    }
    assumeTrue(installed, "there is no Apache httpd with mod_auth_digest");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(directory.resolve("html"));
    Files.writeString(directory.resolve("html/index.html"), "welcome");
    Files.writeString(
        directory.resolve("users"), "ann:a realm:" + md5("ann:a realm:" + PASSWORD) + "\n");
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(
        directory.resolve("httpd.conf"),
        HTTPD
            .replace("DIRECTORY", directory.toString())
            .replace("MODULES", modules.toString())
            .replace("PORT", Integer.toString(port)));
    final Process httpd =
        new ProcessBuilder(
                program.orElseThrow().toString(),
                "-D",
                "FOREGROUND",
                "-f",
                directory.resolve("httpd.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("httpd.out").toFile())
            .start();
    try {
      awaitListening(port);
      Scenarios.write(
          directory,
          "a.yaml",
          SCENARIO
              .replace("method: POST, path: \"PATH\", body: x", "path: \"/?q=1\"")
              .replace("PATH", "/index.html"));
      final Invocation run = run("http://127.0.0.1:" + port, "r");
      assertTrue(run.code() == 0 || run.code() == 6, run::toString);
    } finally {
      httpd.destroy();
      httpd.waitFor(5, TimeUnit.SECONDS);
    }
    long asked = 0;
    for (final JsonNode request : summary("r").at("/requests")) {
      asked += request.get("issued").asLong();
    }
    assertEquals(14, asked, "each VU is challenged once");
    assertTrue(lockstep("replay", "r").out().startsWith("identical"));
  }

  private static Optional<Path> program() {
    return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
        .map(entry -> Path.of(entry, "apache2"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String md5(final String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void awaitListening(final int port) throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        probe.setTcpNoDelay(true);
        return;
      } catch (final IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("Apache does not listen");
  }

  private void write(final String path) throws IOException {
    Scenarios.write(directory, "a.yaml", SCENARIO.replace("PATH", path));
  }

  private Invocation run(final String url, final String name) {
    return lockstep("run", "a.yaml", "--target", url, "--name", name, "--json", name + ".json");
  }

  private JsonNode summary(final String name) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(directory.resolve(name + ".json"), StandardCharsets.UTF_8));
  }

  private Invocation lockstep(final String... words) {
    return Invocation.of(directory, Map.of("PASSWORD", PASSWORD), false, words);
  }
}
