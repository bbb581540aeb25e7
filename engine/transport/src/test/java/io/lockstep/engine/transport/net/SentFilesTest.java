package io.lockstep.engine.transport.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.engine.core.port.FeederException;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.transport.net.Driver.Ended;
import io.lockstep.engine.transport.net.UploadServer.Manner;
import io.lockstep.engine.transport.net.UploadServer.Upload;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.Sending;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests with files in their bodies, and bodies that wait to be wanted. */
class SentFilesTest {
  private static final String BACKENDS =
      "io.lockstep.engine.transport.net.NetworkTransportTest#backends";
  private static final int LARGE = 100 << 20;
  private static final long SOON_NS = 150_000_000L;

  @TempDir private Path directory;
  private final Map<String, Path> pathByDigest = new HashMap<>();

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendALargeFileWithLittleMemory(final Backend backend) throws Exception {
    final BodyFile file = file("large", LARGE, "");
    try (UploadServer server = new UploadServer(Manner.PLAIN);
        Driver driver = driver(server, backend, request("", List.of(file), Sending.AT_ONCE))) {
      driver.send(0, 0);
      final long beforeBytes = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
      long mostBytes = beforeBytes;
      while (!driver.endsWithin(1)) {
        mostBytes = Math.max(mostBytes, PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
      }
      final Ended end = driver.next();
      final Upload upload = server.uploads.poll(10, TimeUnit.SECONDS);
      assertEquals(200, end.status(), end::toString);
      assertEquals(file.digest(), upload.sha256());
      assertEquals(LARGE + upload.head().length(), end.bytesSent());
      assertTrue(end.handedNs() > end.sentNs() && end.handedNs() <= end.lastByteNs());
      final long taken = mostBytes - beforeBytes;
      assertTrue(taken <= 16 << 20, () -> "took " + taken + " bytes off the heap");
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendTextsAndFilesInTheirOrder(final Backend backend) throws Exception {
    final BodyFile small = file("small", 1_000, "-between-");
    final BodyFile empty = file("empty", 0, "");
    final BodyFile large = file("big", 300_000, "-after");
    final RequestPlan request = request("before-", List.of(small, empty, large), Sending.AT_ONCE);
    try (UploadServer server = new UploadServer(Manner.PLAIN);
        Driver driver = driver(server, backend, request)) {
      final String expected = sha256("before-", small, "-between-", empty, large, "-after");
      for (int i = 0; i < 3; i++) {
        assertEquals(200, driver.exchange(0, 0).status());
        assertEquals(expected, server.uploads.poll(10, TimeUnit.SECONDS).sha256());
      }
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendARenderedRequestWithItsFiles(final Backend backend) throws Exception {
    final BodyFile file = file("file", 70_000, "");
    final RequestPlan request = request("", List.of(file), Sending.AT_ONCE);
    try (UploadServer server = new UploadServer(Manner.PLAIN);
        Driver driver = driver(server, backend, request)) {
      final RequestRenderer rendered =
          new RequestRenderer()
              .begin()
              .text("PUT")
              .text("/there")
              .headers(1)
              .text("A")
              .text("b")
              .text("12")
              .files(request.sending().files(), new int[] {1});
      driver.send(0, 0, rendered.request());
      assertEquals(200, driver.next().status());
      final Upload upload = server.uploads.poll(10, TimeUnit.SECONDS);
      assertTrue(upload.head().startsWith("PUT /there HTTP/1.1\r\n"), upload.head());
      assertEquals(70_002, upload.bytes());
      assertEquals(sha256("1", file, "2"), upload.sha256());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldTakeTheAnswerOfATargetThatHangsUpBeforeItHasReadAll(final Backend backend)
      throws Exception {
    final BodyFile file = file("large", 20 << 20, "");
    try (UploadServer server = new UploadServer(Manner.TOO_LARGE);
        Driver driver = driver(server, backend, request("", List.of(file), Sending.AT_ONCE))) {
      for (int i = 0; i < 3; i++) {
        final Ended end = driver.exchange(0, 0);
        assertEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
        assertEquals(413, end.status());
        assertTrue(end.bytesSent() < file.bytes(), end::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldFailWhereTheTargetHangsUpWithoutAnAnswer(final Backend backend) throws Exception {
    final BodyFile file = file("large", 20 << 20, "");
    try (UploadServer server = new UploadServer(Manner.ABRUPT);
        Driver driver = driver(server, backend, request("", List.of(file), Sending.AT_ONCE))) {
      final Ended end = driver.exchange(0, 0);
      assertNotEquals(RequestOutcome.RESPONSE, end.outcome(), end::toString);
      assertEquals(0, end.status());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldHoldTheBodyBackUntilTheTargetWantsIt(final Backend backend) throws Exception {
    try (UploadServer server = new UploadServer(Manner.CONTINUE);
        Driver driver = driver(server, backend, request("body", List.of(), 10_000_000_000L))) {
      for (int i = 0; i < 2; i++) {
        final Ended end = driver.exchange(0, 0);
        final Upload upload = server.uploads.poll(10, TimeUnit.SECONDS);
        assertEquals(200, end.status());
        assertEquals(sha256("body"), upload.sha256());
        assertTrue(upload.waitedMs() >= 100, () -> "waited " + upload.waitedMs() + " ms");
        assertTrue(end.firstByteNs() - end.sentNs() >= 100_000_000L, end::toString);
        assertTrue(end.firstByteNs() >= end.handedNs(), end::toString);
      }
      assertEquals(1, driver.transport.connections().counts().opened());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldSendTheBodyThoughNobodySaysThatItIsWanted(final Backend backend) throws Exception {
    try (UploadServer server = new UploadServer(Manner.SILENT);
        Driver driver = driver(server, backend, request("body", List.of(), SOON_NS))) {
      assertEquals(200, driver.exchange(0, 0).status());
      final Upload upload = server.uploads.poll(10, TimeUnit.SECONDS);
      assertTrue(upload.waitedMs() >= 140, () -> "waited " + upload.waitedMs() + " ms");
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void shouldNotSendTheBodyAfterAFinalAnswer(final Backend backend) throws Exception {
    try (UploadServer server = new UploadServer(Manner.UNWILLING);
        Driver driver = driver(server, backend, request("body", List.of(), 10_000_000_000L))) {
      for (int i = 1; i <= 2; i++) {
        final Ended end = driver.exchange(0, 0);
        final Upload upload = server.uploads.poll(10, TimeUnit.SECONDS);
        assertEquals(417, end.status());
        assertEquals(upload.head().length(), end.bytesSent());
        assertEquals(
            i, driver.transport.connections().counts().opened(), "a body is owed on the old one");
      }
    }
  }

  @Test
  void shouldEndTheRunWhenAFileIsCutWhileItIsSent() throws Exception {
    final BodyFile file = file("large", 50 << 20, "");
    try (UploadServer server = new UploadServer(Manner.PLAIN);
        Driver driver = driver(server, Backend.AUTO, request("", List.of(file), Sending.AT_ONCE))) {
      try (FileChannel cut =
          FileChannel.open(pathByDigest.get(file.digest()), StandardOpenOption.WRITE)) {
        cut.truncate(1 << 20);
      }
      driver.send(0, 0);
      final IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> driver.next());
      assertInstanceOf(FeederException.class, failure.getCause());
      assertTrue(failure.getCause().getMessage().contains("large"), failure::getMessage);
    }
  }

  @Test
  void shouldRefuseAFileOfAnotherLength() throws Exception {
    final BodyFile file = file("file", 10, "");
    Files.writeString(pathByDigest.get(file.digest()), "other");
    try (UploadServer server = new UploadServer(Manner.PLAIN)) {
      final FeederException refusal =
          assertThrows(
              FeederException.class,
              () -> driver(server, Backend.AUTO, request("", List.of(file), 0)).close());
      assertTrue(refusal.getMessage().contains("it has 5 bytes, expected 10"), refusal::getMessage);
    }
  }

  private Driver driver(
      final UploadServer server, final Backend backend, final RequestPlan request) {
    return new Driver(
        Plans.of(server.port(), 1, 0, request), backend, TlsCredentials.NONE, pathByDigest);
  }

  private static RequestPlan request(
      final String text, final List<BodyFile> files, final long continueNs) {
    final List<Header> headers =
        continueNs == Sending.AT_ONCE ? List.of() : List.of(new Header("Expect", "100-continue"));
    return new RequestPlan(
        0,
        0,
        "upload",
        "POST",
        "/upload",
        headers,
        text,
        100_000,
        Capture.NONE,
        0,
        ResponseUse.NONE,
        new Sending(files, continueNs));
  }

  private BodyFile file(final String name, final int bytes, final String after) throws IOException {
    return SentFile.write(directory, name, bytes, after, pathByDigest);
  }

  private String sha256(final Object... parts) throws IOException {
    final MessageDigest sha = UploadServer.sha();
    for (final Object part : parts) {
      sha.update(
          part instanceof BodyFile file
              ? Files.readAllBytes(pathByDigest.get(file.digest()))
              : part.toString().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
