package io.lockstep.app.conformance;

import io.lockstep.app.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs against real servers, in the order of {@link Way} and {@link Journey}: a test for each
 * feature, one for the replays of a server's runs after it is gone, one for the page. {@code
 * -Dlockstep.conformance=nginx} tries one server alone, and leaves the page.
 */
final class ConformanceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "conformance.md");
  private static final boolean WRITES = "write".equals(System.getProperty("lockstep.snapshots"));
  private static final int UPLOADED_BYTES = 60_000;
  private static final String ONLY = System.getProperty("lockstep.conformance", "");

  @TempDir private Path directory;

  private final List<RealServer> servers =
      List.of(
          new Nginx(),
          new Apache(),
          new Haproxy(),
          new Nghttpd(),
          new NodeJs(),
          new Jetty(),
          new Caddy());
  private final Matrix matrix = new Matrix(servers);

  @TestFactory
  Stream<DynamicNode> shouldGetFromEachServerWhatItHasAndReplayThatWithoutIt() {
    final Stream<DynamicNode> each =
        servers.stream()
            .filter(server -> ONLY.isEmpty() || ONLY.equals(server.title()))
            .map(
                server ->
                    DynamicContainer.dynamicContainer(server.title(), new Visit(server).tests()));
    return Stream.concat(each, Stream.of(DynamicTest.dynamicTest("the page says so", this::page)));
  }

  private void page() throws IOException {
    Assumptions.assumeTrue(ONLY.isEmpty(), "one server alone was tried");
    Snapshot.checkFile(PAGE, matrix.page(PAGE, !WRITES));
  }

  /** All that is done with one server. */
  private final class Visit {
    private final RealServer server;
    private final List<Trial> trials = new ArrayList<>();
    private Site site;
    private boolean started;

    Visit(final RealServer server) {
      this.server = server;
    }

    Stream<DynamicNode> tests() {
      if (server.missing() != null) {
        System.out.println("skipped: " + server.title() + ": " + server.missing());
        return Stream.of(
            DynamicTest.dynamicTest(
                "is there", () -> Assumptions.assumeTrue(false, server.missing())));
      }
      final List<DynamicNode> nodes = new ArrayList<>();
      nodes.add(DynamicTest.dynamicTest("starts", this::start));
      for (final Journey journey : Journey.values()) {
        for (final Way way : journey.ways()) {
          final Set<Feature> features = tried(journey, way);
          if (!features.isEmpty()) {
            final Outing outing = new Outing(journey, way);
            nodes.add(
                DynamicContainer.dynamicContainer(
                    journey + " over " + way.title(),
                    features.stream().map(feature -> outing.test(feature))));
          }
        }
      }
      nodes.add(DynamicTest.dynamicTest("every run replays with the server gone", this::replay));
      return nodes.stream();
    }

    private Set<Feature> tried(final Journey journey, final Way way) {
      final Set<Feature> features = EnumSet.noneOf(Feature.class);
      for (final Feature feature : journey.features()) {
        if (Matrix.shows(way, feature) && server.without(way, feature) == null) {
          features.add(feature);
        }
      }
      return features;
    }

    private void start() throws Exception {
      site = Site.create(Files.createTempDirectory("lockstep-conformance"));
      matrix.version(server, server.version());
      server.start(site);
      started = true;
      Files.writeString(directory.resolve(Site.UPLOADED), "u".repeat(UPLOADED_BYTES));
      Files.writeString(directory.resolve("ca.pem"), site.authority().own().certificatePem());
    }

    private void replay() throws Exception {
      Assumptions.assumeTrue(started, "it did not start");
      server.stop();
      site.delete();
      for (final Trial trial : trials) {
        trial.replay();
      }
    }

    /** One run, made for the first of its features that is asked for. */
    private final class Outing {
      private final Journey journey;
      private final Way way;
      private Trial trial;

      Outing(final Journey journey, final Way way) {
        this.journey = journey;
        this.way = way;
      }

      DynamicTest test(final Feature feature) {
        return DynamicTest.dynamicTest(
            feature.title(),
            () -> {
              matrix.bad(server, way, feature);
              feature.judge(trial(), way);
              matrix.good(server, way, feature);
            });
      }

      private Trial trial() throws IOException {
        Assumptions.assumeTrue(started, "it did not start");
        if (trial == null) {
          final String id =
              (server.title() + '-' + journey + '-' + way)
                  .replace(' ', '-')
                  .toLowerCase(Locale.ROOT);
          final int port = site.port(journey.port(way));
          final CompletableFuture<Void> disturbed =
              journey.isDisturbed()
                  ? Disturbance.begin(server, site, journey, way)
                  : CompletableFuture.completedFuture(null);
          trial = Trial.run(directory, id, journey.scenario(server, way), port);
          disturbed.join();
          trials.add(trial);
        }
        return trial;
      }
    }
  }
}
