package io.lockstep.app.conformance;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs that are made over each way, and what users do in them. */
enum Journey {
  /** Every kind of response. */
  CONTENT(true),
  /** What servers refuse. */
  LIMITS(false),
  /** Connections that the server closes after five requests. */
  REQUESTS(false),
  /** The server reads its configuration again in between. */
  RELOAD(false),
  /** The server is stopped and started in between. */
  RESTART(false);

  static final int VUS = 2;
  static final int ITERATIONS = 3;
  static final int LIMITED_ITERATIONS = 20;
  static final int REQUESTS_PER_CONNECTION = 5;
  static final int STEADY_VUS = 6;
  static final int SHARED_CONNECTIONS = 2;

  private final boolean isOfEveryWay;

  Journey(final boolean isOfEveryWay) {
    this.isOfEveryWay = isOfEveryWay;
  }

  /** Every way, or one for each version of HTTP. */
  Set<Way> ways() {
    return isOfEveryWay ? EnumSet.allOf(Way.class) : EnumSet.of(Way.HTTP_1, Way.HTTP_2);
  }

  List<Feature> features() {
    return Arrays.stream(Feature.values()).filter(one -> one.journey() == this).toList();
  }

  /** Connections of a disturbed run: over HTTP/2 its users share a few, as streams of these. */
  static int steadyConnections(final Way way) {
    return way.isHttp2() ? SHARED_CONNECTIONS : STEADY_VUS;
  }

  boolean isDisturbed() {
    return this == RELOAD || this == RESTART;
  }

  Port port(final Way way) {
    if (this != REQUESTS) {
      return way.port();
    }
    return way.isHttp2() ? Port.LIMITED2 : Port.LIMITED;
  }

  private String settings(final Way way) {
    return isDisturbed() && way.isHttp2()
        ? way.settings()
            .replace(
                "http_version: auto",
                "http_version: auto, mode: shared, size: " + SHARED_CONNECTIONS)
        : way.settings();
  }

  /** The scenario of this run, as far as the server has what it asks for. */
  String scenario(final RealServer server, final Way way) {
    final String load =
        isDisturbed()
            ? "{executor: constant-vus, vus: " + STEADY_VUS + ", duration: 20s, graceful_stop: 1s}"
            : "{executor: per-vu-iterations, vus: "
                + VUS
                + ", iterations: "
                + (this == REQUESTS ? LIMITED_ITERATIONS : ITERATIONS)
                + "}";
    final String steps =
        features().stream()
            .filter(feature -> Matrix.shows(way, feature))
            .filter(feature -> server.without(way, feature) == null)
            .map(feature -> Steps.of(feature, server, way))
            .collect(Collectors.joining());
    return """
    name: conformance
    seed: 7
    target: https://127.0.0.1:1
    timeout: 5s
    record: {bodies: all, max_body: 2MiB}
    SETTINGS
    scenarios:
      all:
        load: LOAD
        flow:
    STEPS"""
        .replace("https:", way.isSecure() ? "https:" : "http:")
        .replace("SETTINGS", settings(way))
        .replace("LOAD", load)
        .replace("STEPS", steps.indent(6));
  }
}
