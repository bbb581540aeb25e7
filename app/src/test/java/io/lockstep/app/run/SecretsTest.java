package io.lockstep.app.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.lockstep.app.Invocation;
import io.lockstep.app.Scenarios;
import io.lockstep.app.SecretScan;
import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.target.Behaviour;
import io.lockstep.engine.transport.target.TargetServer;
import io.lockstep.scenario.model.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets have values in a live run and nowhere else, and the values show up nowhere. */
final class SecretsTest {
  private static final String TOKEN = "t0ken-värde \"x\\y";
  private static final String KEY = "k3y/from+file=0";
  private static final String DECLARED =
      Scenarios.SHOP + "secrets: {token: {env: SHOP_TOKEN}, key: {file: keys/key.txt}}\n";

  private static final String USED =
      """
      name: used
      secrets: {token: {env: SHOP_TOKEN}, key: {file: keys/key.txt}}
      target: http://127.0.0.1:1
      headers: {Authorization: "Bearer ${secrets.token}"}
      scenarios:
        s:
          load: {executor: per-vu-iterations, vus: 2, iterations: 3}
          flow:
            - request:
                name: r
                method: POST
                path: "/${urlencode(secrets.key)}"
                body: '{"key": "${secrets.key}"}'
            - think: 1ms
      """;

  @TempDir private Path directory;

  @Test
  void shouldShowTheValuesNowhere() throws IOException {
    final Path project = Files.createDirectory(directory.resolve("project"));
    Scenarios.write(project, "shop.yaml", DECLARED);
    Files.createDirectory(project.resolve("keys"));
    Files.writeString(project.resolve("keys/key.txt"), KEY + "\n");
    final List<Invocation> all = new ArrayList<>();
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      all.add(
          lockstep(
              "run",
              "project/shop.yaml",
              "--target",
              target.url(),
              "--name",
              "r",
              "--json",
              "summary.json"));
    }
    assertTrue(all.get(0).code() == 0 || all.get(0).code() == 6, all.get(0).err());
    all.add(lockstep("replay", "r", "--json"));
    all.add(lockstep("inspect", "r", "--json"));
    all.add(lockstep("inspect", "r", "--events"));
    all.add(lockstep("validate", "project/shop.yaml"));
    assertTrue(all.get(4).out().contains("secrets        token, key"), all.get(4).out());
    for (final String secret : List.of(TOKEN, KEY)) {
      final SecretScan scan = new SecretScan(secret);
      assertEquals(List.of(), scan.below(directory.resolve("runs")));
      assertEquals(
          List.of(), scan.in("summary", Files.readString(directory.resolve("summary.json"))));
      for (final Invocation one : all) {
        assertEquals(List.of(), scan.in("output", one.out() + one.err()));
      }
    }
    all.subList(1, all.size()).forEach(one -> assertEquals(0, one.code(), one.out() + one.err()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/${secrets.key} | x       | q b  | the path of request r: byte 2 of its 3 is a blank",
        "/${secrets.key} | x       | q#b  | the path of request r: byte 2 of its 3 is a #",
        "/${secrets.key} | x       | ä    | the path of request r: byte 1 of its 2 is beyond ASCII",
        "/ | ${'a' + secrets.key}  | q@b  | the header X of request r: byte 2 of its 3 is a line",
        "/ | ${secrets.key}        | q~   | the header X of request r: byte 2 of its 2 is a control"
      })
  void shouldRefuseASecretWhereItCannotStand(
      final String path, final String header, final String value, final String reason)
      throws IOException {
    final Invocation run = runWith(path, header, value.replace('@', '\n').replace('~', '\0'));
    assertEquals(2, run.code(), run.out() + run.err());
    assertTrue(run.err().contains("the secret 'key' cannot go into " + reason), run.err());
    assertFalse(run.err().contains(value), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup", "teardown"})
  void shouldRefuseASecretThatCannotStandInWhatIsDoneOnce(final String once) throws IOException {
    Scenarios.write(
        directory,
        "once.yaml",
        Scenarios.SHOP
            + "secrets: {other: {file: key.txt}, key: {file: key.txt}}\n"
            + once
            + ": [{request: {name: login, path: '/${secrets.key}'}}]\n");
    Files.writeString(directory.resolve("key.txt"), "q b");
    final Invocation run = lockstep("run", "once.yaml", "--name", "o", "--quiet");
    assertEquals(2, run.code(), run.out() + run.err());
    assertTrue(
        run.err().contains("'key' cannot go into the path of request login: byte 2"), run.err());
  }

  @Test
  void shouldTakeAnySecretThatAFunctionMakesSafe() throws IOException {
    final Invocation run =
        runWith("/${urlencode(secrets.key)}", "${base64(secrets.key)}", "a b#\nä\0");
    assertFalse(run.err().contains("cannot go into"), run.err());
  }

  private Invocation runWith(final String path, final String header, final String value)
      throws IOException {
    Scenarios.write(
        directory,
        "placed.yaml",
        """
        name: placed
        secrets: {key: {file: key.txt}}
        target: http://127.0.0.1:1
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            flow: [{request: {name: r, path: "%s", headers: {X: "%s"}}}]
        """
            .formatted(path, header));
    Files.writeString(directory.resolve("key.txt"), value);
    return lockstep("run", "placed.yaml", "--name", "placed", "--quiet");
  }

  @Test
  void shouldReplayWithoutAnyValue() throws IOException {
    Scenarios.write(directory, "shop.yaml", DECLARED);
    Files.createDirectory(directory.resolve("keys"));
    Files.writeString(directory.resolve("keys/key.txt"), KEY);
    try (TargetServer target = TargetServer.start("127.0.0.1", 0, Behaviour.PLAIN, 1)) {
      lockstep("run", "shop.yaml", "--target", target.url(), "--name", "r", "--quiet");
    }
    Files.delete(directory.resolve("keys/key.txt"));
    final Invocation replay = Invocation.of(directory, "replay", "r");
    assertEquals(0, replay.code(), replay.out() + replay.err());
  }

  /** The target gets the values, in all places of a request; nobody else ever does. */
  @Test
  void shouldShowTheValuesOfTemplatesToTheTargetAlone() throws IOException {
    Scenarios.write(directory, "used.yaml", USED);
    Files.createDirectory(directory.resolve("keys"));
    Files.writeString(directory.resolve("keys/key.txt"), KEY);
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    final HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          final String sent = exchange.getRequestHeaders().getFirst("Authorization");
          seen.add(new String(sent.getBytes(ISO_8859_1), UTF_8));
          seen.add(exchange.getRequestURI().getRawPath());
          seen.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    target.start();
    final List<Invocation> all = new ArrayList<>();
    try {
      final String url = "http://127.0.0.1:" + target.getAddress().getPort();
      all.add(lockstep("run", "used.yaml", "--target", url, "--name", "r"));
    } finally {
      target.stop(0);
    }
    assertTrue(all.get(0).code() == 0 || all.get(0).code() == 6, all.get(0).err());
    assertEquals(
        Set.of("Bearer " + TOKEN, "/k3y%2Ffrom%2Bfile%3D0", "{\"key\": \"" + KEY + "\"}"), seen);
    Files.delete(directory.resolve("keys/key.txt"));
    all.add(Invocation.of(directory, "replay", "r"));
    all.add(Invocation.of(directory, "inspect", "r", "--events"));
    for (final String secret : List.of(TOKEN, KEY)) {
      final SecretScan scan = new SecretScan(secret);
      assertEquals(List.of(), scan.below(directory.resolve("runs")));
      for (final Invocation one : all) {
        assertEquals(List.of(), scan.in("output", one.out() + one.err()));
      }
    }
    all.subList(1, all.size()).forEach(one -> assertEquals(0, one.code(), one.out() + one.err()));
  }

  @Test
  void shouldSimulateWithoutAnyValue() throws IOException {
    Scenarios.write(directory, "shop.yaml", DECLARED);
    final Invocation run =
        Invocation.of(directory, "run", "shop.yaml", "--simulate", "--name", "r", "--quiet");
    assertEquals(0, run.code(), run.err());
    assertEquals(0, Invocation.of(directory, "replay", "r").code());
  }

  @Test
  void shouldNotStartWithoutAValue() throws IOException {
    Scenarios.write(directory, "shop.yaml", DECLARED);
    final Invocation run = Invocation.of(directory, "run", "shop.yaml");
    assertEquals(2, run.code());
    assertTrue(
        run.err()
            .contains(
                "the secret 'token' has no value: the environment variable SHOP_TOKEN is not set;"),
        run.err());
    assertFalse(Files.exists(directory.resolve("runs")));
    final Invocation file = lockstep("run", "shop.yaml");
    assertEquals(2, file.code());
    assertTrue(file.err().contains("the secret 'key' has no value: there is no file"), file.err());
    assertEquals(List.of(), new SecretScan(TOKEN).in("error", file.err()));
  }

  @Test
  void shouldTakeAFileWithoutTheLineBreakAtItsEnd() throws IOException {
    for (final String end : List.of("", "\n", "\r\n")) {
      Files.writeString(directory.resolve("key"), "a\nb" + end);
      assertArrayEquals(bytes("a\nb"), resolve(new Secret.File("key")).value(0));
    }
    Files.writeString(directory.resolve("key"), "\n");
    assertRefused(new Secret.File("key"), "is empty");
    Files.writeString(directory.resolve("key"), "x".repeat(Secrets.MAX_BYTES) + "\r\n");
    assertEquals(Secrets.MAX_BYTES, resolve(new Secret.File("key")).value(0).length);
    Files.writeString(directory.resolve("key"), "x".repeat(Secrets.MAX_BYTES + 1));
    assertRefused(new Secret.File("key"), "has more than 65,536 bytes");
    assertRefused(new Secret.File("."), "cannot be read");
    assertRefused(new Secret.Environment("EMPTY"), "EMPTY is empty");
  }

  @Test
  void shouldGiveBytesToWhoAsksAndNamesToWhoPrints() {
    final SecretSource secrets = resolve(new Secret.Environment("SHOP_TOKEN"));
    assertTrue(secrets.hasValues());
    assertArrayEquals(bytes(TOKEN), secrets.value(0));
    assertEquals("secrets one", secrets.toString());
    assertFalse(SecretSource.NONE.hasValues());
    assertThrows(IllegalStateException.class, () -> SecretSource.NONE.value(0));
  }

  private void assertRefused(final Secret.Origin origin, final String reason) {
    final CommandException e = assertThrows(CommandException.class, () -> resolve(origin));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private SecretSource resolve(final Secret.Origin origin) {
    final PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return Secrets.resolve(
        List.of(new Secret("one", origin)),
        directory,
        new Console(nowhere, nowhere, false, false, environment(), directory));
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> environment() {
    return Map.of("SHOP_TOKEN", TOKEN, "EMPTY", "");
  }

  private Invocation lockstep(final String... arguments) {
    return Invocation.of(directory, environment(), false, arguments);
  }
}
