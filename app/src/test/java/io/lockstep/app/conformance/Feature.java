package io.lockstep.app.conformance;

import java.util.function.BiConsumer;

/** What is asked of each server, how it is seen in a run that it came right. */
@SuppressWarnings("ImmutableEnumChecker") // judgements keep nothing
enum Feature {
  PLAIN("protocol and version as asked for", Journey.CONTENT, Judgement::negotiated),
  KEEP_ALIVE("all requests of a VU on one connection", Journey.CONTENT, Judgement::kept),
  CHUNKED("response of unknown length (chunked)", Journey.CONTENT, Judgement.of("chunked")),
  BODILESS("HEAD, 204, 304", Journey.CONTENT, Judgement.of("head", "empty", "unmodified")),
  GZIP("gzip", Journey.CONTENT, Judgement.of("gzip")),
  BROTLI("br", Journey.CONTENT, Judgement.of("br")),
  ZSTD("zstd", Journey.CONTENT, Judgement.of("zstd")),
  LARGE("body of 1 MiB", Journey.CONTENT, Judgement.of("large")),
  UPLOAD("request body of 20,000 bytes", Journey.CONTENT, Judgement.of("upload")),
  FILE("file of 60,000 bytes as request body", Journey.CONTENT, Judgement.of("file")),
  SIDE_BY_SIDE("six requests side by side", Journey.CONTENT, Judgement.of("side")),
  HEADER_LIMIT("header beyond the limit (400, 431)", Journey.LIMITS, Judgement::refused),
  BODY_LIMIT("request body beyond the limit (413)", Journey.LIMITS, Judgement.of("body")),
  CONTINUE("`Expect: 100-continue`", Journey.LIMITS, Judgement.of("continue")),
  REQUEST_LIMIT("five requests for each connection", Journey.REQUESTS, Judgement::limited),
  RELOAD("reload in mid-run", Journey.RELOAD, Judgement::reloaded),
  RESTART("restart in mid-run", Journey.RESTART, Judgement::restarted);

  private final String title;
  private final Journey journey;
  private final BiConsumer<Trial, Way> judgement;

  Feature(final String title, final Journey journey, final BiConsumer<Trial, Way> judgement) {
    this.title = title;
    this.journey = journey;
    this.judgement = judgement;
  }

  String title() {
    return title;
  }

  /** Whether this way to speak has it at all. */
  boolean isOf(final Way way) {
    return switch (this) {
      case SIDE_BY_SIDE -> way.isHttp2();
      case FILE, CONTINUE -> !way.isHttp2(); // not sent over HTTP/2 yet
      default -> true;
    };
  }

  /** The run in which it shows. */
  Journey journey() {
    return journey;
  }

  /** Fails unless the run shows it. */
  void judge(final Trial trial, final Way way) {
    judgement.accept(trial, way);
  }
}
