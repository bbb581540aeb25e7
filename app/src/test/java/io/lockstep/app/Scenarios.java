package io.lockstep.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scenario files for tests. */
public final class Scenarios {
  /** Ten users of a shop for two seconds, live or simulated. */
  public static final String SHOP =
      """
      name: shop
      seed: 7
      target: http://127.0.0.1:8080
      timeout: 2s
      scenarios:
        browse:
          load: {executor: constant-vus, vus: 10, duration: 2s, graceful_stop: 1s}
          think: {distribution: exponential, mean: 50ms}
          requests:
            - {name: home, path: /, weight: 3}
            - {name: item, path: /json, weight: 2}
            - {name: buy, method: POST, path: /echo, body: '{"id": 1}'}
      simulate:
        latency: {distribution: lognormal, median: 20ms, sigma: 0.5}
        errors: {reset: 0.02}
      """;

  private Scenarios() {}

  /** Writes a scenario into a directory. */
  public static Path write(final Path directory, final String name, final String text)
      throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
