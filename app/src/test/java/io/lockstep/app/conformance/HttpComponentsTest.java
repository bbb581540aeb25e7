package io.lockstep.app.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.testing.framework.ClientPOJOAdapter;
import org.apache.hc.core5.testing.framework.ClientTestingAdapter;
import org.apache.hc.core5.testing.framework.TestingFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Apache HttpComponents' test framework with Lockstep as the client: its server looks whether each
 * request came with the method, path, query, headers, body and content type that were asked for;
 * the framework looks whether the response that Lockstep recorded is the one that was sent.
 */
final class HttpComponentsTest {
  @TempDir private Path directory;

  @Test
  void shouldAskAndAnswerAsTheFrameworkExpectsAndReplayThatWithoutItsServer() throws Exception {
    final FrameworkAdapter client = new FrameworkAdapter(directory);
    final TestingFramework framework = new TestingFramework(new ClientTestingAdapter(client));
    framework.addTest(test(Map.of("method", "GET"), Map.of("status", 404)));
    framework.addTest(test(Map.of("method", "POST"), Map.of("status", 500)));
    framework.addTest(test(Map.of("method", "PUT", "body", "x".repeat(70_000)), Map.of()));
    framework.addTest(test(Map.of("method", "GET"), Map.of("body", "y".repeat(300_000))));
    framework.addTest(
        test(Map.of("method", "GET", "path", "p/q", "query", Map.of("a b", "c&d=ä")), Map.of()));
    framework.addTest(
        test(
            Map.of("method", "DELETE", "headers", Map.of("X-One", "1, 2;q=\"3\"")),
            Map.of("headers", Map.of("X-Two", "a\tb"))));
    framework.addTest(
        test(Map.of("method", "GET", "protocolVersion", HttpVersion.HTTP_1_0), Map.of()));
    framework.runTests();
    assertEquals(List.of("requests are of HTTP/1.1 and HTTP/2, not of HTTP/1.0"), client.refused());
    final int defaults = 2 * TestingFramework.ALL_METHODS.size();
    assertEquals(defaults + 6, client.trials().size());
    client.trials().forEach(Trial::replay);
  }

  private static Map<String, Object> test(
      final Map<String, Object> request, final Map<String, Object> response) {
    final Map<String, Object> test = new HashMap<>();
    test.put(ClientPOJOAdapter.REQUEST, new HashMap<>(request));
    test.put(ClientPOJOAdapter.RESPONSE, new HashMap<>(response));
    return test;
  }
}
