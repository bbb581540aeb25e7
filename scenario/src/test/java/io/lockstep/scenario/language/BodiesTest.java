package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.data.FileFacts;
import io.lockstep.scenario.document.LoadOptions;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bodies of requests are made of, from the file to the plan. */
final class BodiesTest {
  private static final String PHOTO_SHA =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // of "abc", FIPS 180-2

  @TempDir private Path directory;

  @BeforeEach
  void writeFile() throws IOException {
    Files.createDirectory(directory.resolve("data"));
    Files.writeString(directory.resolve("data").resolve("photo.jpg"), "abc");
  }

  @Test
  void shouldKnowAFileByItsContent() throws Exception {
    final RequestPlan request = request("body_file: data/photo.jpg");
    assertEquals(
        List.of(new BodyFile("data/photo.jpg", PHOTO_SHA, 3, "")), request.sending().files());
    assertEquals("", request.body());
    assertEquals(List.of(), request.headers());
    final String before = load("body_file: data/photo.jpg").plan().digest();
    Files.writeString(directory.resolve("data").resolve("photo.jpg"), "abd");
    final Plan changed = load("body_file: data/photo.jpg").plan();
    assertNotEquals(before, changed.digest());
    assertNotEquals(request.digest(), changed.requests().get(0).digest());
  }

  @Test
  void shouldTellWhereTheFilesAreThatItRead() throws Exception {
    final Loaded loaded =
        load("multipart: [{name: a, file: data/photo.jpg}, {name: b, file: data/photo.jpg}]");
    assertEquals(1, loaded.sentFiles().size());
    assertEquals(
        directory.resolve("data/photo.jpg").toRealPath(),
        loaded.sentFiles().get(0).file().toRealPath());
  }

  @Test
  void shouldNeedNoFileWhereARecordingSaysWhatItWas() throws Exception {
    final String digest = load("body_file: data/photo.jpg").plan().digest();
    Files.delete(directory.resolve("data").resolve("photo.jpg"));
    final LoadOptions recorded =
        LoadOptions.NONE.ofRecording(
            path -> Optional.empty(), path -> Optional.of(new FileFacts(PHOTO_SHA, 3)));
    final Loaded loaded = ScenarioFile.load(file("body_file: data/photo.jpg"), recorded);
    assertEquals(digest, loaded.plan().digest());
    assertEquals(List.of(), loaded.sentFiles());
  }

  @Test
  void shouldEncodeAForm() throws Exception {
    final RequestPlan request = request("form: {q: 'blue hat & co', ü: 7, \"a=b\": ''}");
    assertEquals("q=blue%20hat%20%26%20co&%C3%BC=7&a%3Db=", request.body());
    assertEquals(
        List.of(new Header("Content-Type", "application/x-www-form-urlencoded")),
        request.headers());
    assertEquals(
        List.of(new Header("content-type", "x/y")),
        request("headers: {content-type: x/y}, form: {a: b}").headers());
  }

  @Test
  void shouldKeepSecretsOfAFormByName() throws Exception {
    final RequestPlan request = request("form: {user: ann, password: '${secrets.key}'}");
    assertEquals("user=ann&password=${urlencode(text(secrets.key))}", request.body());
  }

  @Test
  void shouldWriteTheHeadsOfAMultipartBody() throws Exception {
    final RequestPlan request =
        request(
            "multipart: [{name: 'a\"b', value: '$${x}', type: text/plain},"
                + " {name: photo, file: data/photo.jpg},"
                + " {name: doc, file: data/photo.jpg, filename: 'x y.txt', type: text/x}]");
    final String type = request.headers().get(0).value();
    assertTrue(type.matches("multipart/form-data; boundary=lockstep-[0-9a-f]{32}"), type);
    final String mark = "--" + type.substring(type.indexOf("lockstep-"));
    assertEquals(
        mark
            + "\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n"
            + "Content-Type: text/plain\r\n\r\n${x}\r\n"
            + mark
            + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"photo.jpg\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n",
        request.body());
    assertEquals(
        "\r\n"
            + mark
            + "\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"x y.txt\"\r\n"
            + "Content-Type: text/x\r\n\r\n",
        request.sending().files().get(0).after());
    assertEquals("\r\n" + mark + "--\r\n", request.sending().files().get(1).after());
    assertEquals(
        request.bodyText().length() + 6L + head(request), request.logicalBytes(), "files count");
  }

  private static long head(final RequestPlan request) {
    return ("POST /u HTTP/1.1\r\nContent-Type: " + request.headers().get(0).value() + "\r\n\r\n")
        .length();
  }

  @Test
  void shouldDrawAnotherBoundaryForAnotherPlace() throws Exception {
    final String two =
        "multipart: [{name: a, value: b}]}\n      - request: {name: c, path: /c, method: POST,"
            + " multipart: [{name: a, value: b}]";
    final Plan plan = load(two).plan();
    assertNotEquals(
        plan.requests().get(0).headers().get(0), plan.requests().get(1).headers().get(0));
    assertEquals(plan.digest(), load(two).plan().digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body: x, expect_continue: true | 1000000000",
        "body: x, expect_continue: {timeout: 20ms} | 20000000",
        "body: x, expect_continue: false | 0",
        "body: x, headers: {expect: 100-Continue} | 1000000000",
        "form: {a: b}, expect_continue: {} | 1000000000",
      })
  void shouldHaveABodyWaitToBeWanted(final String keys, final long continueNs) throws Exception {
    final RequestPlan request = request(keys);
    assertEquals(continueNs, request.sending().continueNs());
    assertEquals(
        continueNs > 0,
        request.headers().stream()
            .anyMatch(
                h ->
                    h.name().equalsIgnoreCase("expect")
                        && h.value().equalsIgnoreCase("100-continue")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"body_file: data/photo.jpg", "multipart: [{name: a, file: data/photo.jpg}]"})
  void shouldRefuseFilesWhereHttp2AloneIsSpoken(final String keys) throws Exception {
    for (final String version : List.of("auto", "1.1")) {
      loadSpeaking(version, keys);
    }
    final ScenarioException refusal =
        assertThrows(ScenarioException.class, () -> loadSpeaking("2", keys));
    assertTrue(refusal.render().contains("not sent over HTTP/2"), refusal::render);
    assertTrue(refusal.render().contains("t.yaml:9:"), refusal::render);
    loadSpeaking("2", "form: {a: b}");
  }

  private void loadSpeaking(final String version, final String keys) throws Exception {
    final Path file = file(keys);
    Files.writeString(
        file, "connections: {http_version: " + version + "}\n" + Files.readString(file));
    ScenarioFile.load(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "body: x, form: {a: b} | a request has one body, not `body` and `form`",
        "form: {a: b}, multipart: [{name: a, value: b}] | not `form` and `multipart`",
        "body_file: none.bin | the file `none.bin` cannot be sent: there is no such file",
        "body_file: data | the file `data` cannot be sent: it is no regular file",
        "body_file: 'a${vu}' | is a template, which a path of a file cannot be",
        "multipart: [{name: a}] | a part needs `value` or `file`",
        "multipart: [{name: a, value: b, file: c}] | a part has either `value` or `file`",
        "multipart: [{name: a, value: b, filename: c}] | `filename` belongs to `file`",
        "multipart: [] | the list is empty",
        "headers: {Content-Type: x}, multipart: [{name: a, value: b}] | `multipart` says itself",
        "expect_continue: true | `expect_continue` is about a body, and the request has none",
        "form: {a: '${nope}'} | nope",
        "multipart: [{name: a, value: '${nope}'}] | nope",
        "body_fil: x | a request has no key `body_fil`",
      })
  void shouldSayWhatIsWrongAndWhere(final String keys, final String message) {
    final ScenarioException refusal = assertThrows(ScenarioException.class, () -> load(keys));
    assertTrue(refusal.render().contains(message), refusal::render);
    assertTrue(refusal.render().contains("t.yaml:8:"), refusal::render);
  }

  @Test
  void shouldRefuseToSignAMultipartBodyWithFiles() {
    final String aws =
        "auth: {aws_sigv4: {access_key: a, secret_key: b, region: r, service: s3}}, ";
    final ScenarioException refusal =
        assertThrows(
            ScenarioException.class,
            () -> load(aws + "multipart: [{name: a, file: data/photo.jpg}]"));
    assertTrue(refusal.render().contains("cannot be signed"), refusal::render);
  }

  private RequestPlan request(final String keys) throws IOException, ScenarioException {
    return load(keys).plan().requests().get(0);
  }

  private Loaded load(final String keys) throws IOException, ScenarioException {
    return ScenarioFile.load(file(keys));
  }

  private Path file(final String keys) throws IOException {
    return Files.writeString(
        directory.resolve("t.yaml"),
        """
        name: t
        simulate: {latency: 1ms}
        secrets: {key: {env: SHOP_KEY}}
        scenarios:
          s:
            load: {executor: per-vu-iterations, vus: 1, iterations: 1}
            flow:
              - request: {name: u, path: /u, method: POST, KEYS}
        """
            .replace("KEYS", keys));
  }
}
