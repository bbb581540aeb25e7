package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Site;
import java.util.HexFormat;
import java.util.List;

/**
 * VUs that are browsers: makes of what a scenario asks what is sent, and of what comes what the
 * scenario sees. What a browser adds is part of the request digest in the journal, so that a replay
 * shows it to be the same, but not of the generation digest: that is of what the scenario asks.
 */
final class VuBrowsing {
  private static final long NS_PER_MS = 1_000_000;

  /** Keeps the streams of hops apart from those of visits. */
  private static final long HOP = 0xD6E8FEB86659FD93L;

  private static final long CLIENT_NONCE = Site.of("auth", "cnonce");

  private final Browser browser;
  private final VuTable table;
  private final VuStates states;
  private final ResponsePublisher events;
  private final MetricsTracker metrics;
  private final Surroundings around;
  private final Moment moment;
  private VuRendering rendering;

  /** By scenario. */
  private final boolean[] browses;

  private final List<RequestPlan> requests;
  private final Exchange[] exchanges;
  private final ExchangeRenderer renderer = new ExchangeRenderer();
  private final Completion kept = new Completion();

  private VuBrowsing(final ShardState shard) {
    final Plan plan = shard.plan;
    browser = shard.around.responses().browser(plan, shard.table.vus());
    events = shard.events.responses();
    metrics = shard.metrics;
    table = shard.table;
    states = shard.states;
    around = shard.around;
    moment = shard.moment;
    requests = plan.requests();
    browses = new boolean[plan.scenarios().size()];
    plan.scenarios().forEach(s -> browses[s.index()] = browses(s));
    exchanges = new Exchange[shard.lanes.slots()];
  }

  /** What signs again what redirects lead to. */
  void rendering(final VuRendering signs) {
    rendering = signs;
  }

  /** {@code null} where no VU of a plan is a browser. */
  static VuBrowsing of(final ShardState shard) {
    return shard.plan.scenarios().stream().anyMatch(VuBrowsing::browses)
        ? new VuBrowsing(shard)
        : null;
  }

  private static boolean browses(final ScenarioPlan scenario) {
    return !scenario.browsing().equals(Browsing.NONE);
  }

  /** Whether a VU is a browser. */
  boolean isBrowser(final int vu) {
    return browses[table.scenario(vu)];
  }

  /** A fresh user. */
  void forget(final int vu) {
    if (isBrowser(vu)) {
      browser.forget(vu);
    }
  }

  /**
   * A VU asks for something.
   *
   * @param asksFor digest of what
   * @param asked what, {@code null} for what the plan says
   * @param secretly the same with its secrets, {@code null} where it has none
   * @return whether it has an answer already, which is then {@link #kept}; else {@link #sent} and
   *     {@link #digest} are of what is to be sent.
   */
  boolean ask(
      final int vu,
      final int slot,
      final int request,
      final int attempt,
      final long asksFor,
      final RenderedRequest asked,
      final RenderedRequest secretly,
      final long stream,
      final long nowNs) {
    Exchange exchange = exchanges[slot];
    if (exchange == null) {
      exchange = new Exchange();
      exchanges[slot] = exchange;
    }
    exchange.begin(requests.get(request), asked, secretly);
    exchange.digest = asksFor;
    exchange.attempt = attempt;
    exchange.stream = stream;
    final int scenario = table.scenario(vu);
    if (browser.isFresh(vu, scenario, exchange.logical, ms(nowNs), kept)) {
      times(nowNs, Completion.NULL_TIME, nowNs, nowNs);
      kept.bytesSent = 0;
      return true;
    }
    prepare(vu, exchange, nowNs);
    return false;
  }

  private void prepare(final int vu, final Exchange exchange, final long nowNs) {
    final int scenario = table.scenario(vu);
    final List<Header> added = renderer.begin();
    browser.addHeaders(vu, scenario, exchange.logical, ms(nowNs), added);
    if (exchange.hops == 0) {
      browser.addValidators(vu, scenario, exchange.logical, ms(nowNs), added);
    }
    if (exchange.hasCredentials()) {
      final long draw = KeyedRandom.draw(exchange.stream, CLIENT_NONCE, exchange.hops);
      final Browser.Authorization answer =
          browser.authorize(
              vu,
              scenario,
              exchange.logical,
              exchange.wire(),
              HexFormat.of().toHexDigits(draw),
              rendering::unmasked);
      if (answer != null) {
        rendering.made(vu, answer.response());
      }
      renderer.authorize(answer);
    }
    renderer.render(exchange);
  }

  /** What is to be sent; {@code null} for what the plan says. */
  RenderedRequest sent() {
    return renderer.sent();
  }

  /** Digest of what is to be sent, its secrets by name. */
  long digest() {
    return renderer.digest();
  }

  /** The answer that a VU had, valid until the next request or response. */
  Completion kept() {
    return kept;
  }

  /** A VU had a fresh answer. */
  void onFresh(
      final int vu, final int request, final int requestSeq, final long asksFor, final long nowNs) {
    cached(vu, request, requestSeq, ResponsePublisher.FRESH, asksFor, nowNs);
    final RequestMetrics measured = metrics.measured(request, nowNs);
    if (measured != null) {
      measured.onCacheHit();
    }
  }

  private void cached(
      final int vu,
      final int request,
      final int requestSeq,
      final int how,
      final long asksFor,
      final long atNs) {
    events.cacheAnswered(
        states.global(vu),
        table.scenario(vu),
        table.iteration(vu),
        requestSeq,
        request,
        how,
        atNs,
        asksFor);
  }

  /**
   * Something came of a request.
   *
   * @return what the scenario sees of it; {@code null} where another request follows, which is then
   *     {@link #sent}.
   */
  Completion answer(
      final int vu,
      final int slot,
      final int request,
      final Completion completion,
      final long intendedNs) {
    final Exchange exchange = exchanges[slot];
    final int scenario = table.scenario(vu);
    final long nowMs = ms(completion.lastByteNs);
    times(completion.sentNs, completion.handedNs, completion.firstByteNs, completion.lastByteNs);
    kept.bytesSent = completion.bytesSent;
    kept.outcome = completion.outcome;
    kept.requestSeq = completion.requestSeq;
    final RequestMetrics measured = metrics.measured(request, intendedNs);
    Completion seen = completion;
    if (browser.keep(
        vu, scenario, exchange.logical, completion, ms(completion.sentNs), nowMs, kept)) {
      seen = kept;
      cached(
          vu,
          request,
          completion.requestSeq,
          ResponsePublisher.NOT_MODIFIED,
          exchange.digest,
          completion.lastByteNs);
      if (measured != null) {
        measured.onNotModified();
      }
    }
    if (exchange.hasCredentials() && browser.isChallenged(vu, seen, exchange.answered)) {
      exchange.challenged();
      turn(vu, scenario, completion, Browser.Turn.CHALLENGED, exchange.hops, measured);
      prepare(vu, exchange, completion.lastByteNs);
      return null;
    }
    final Browser.Turn turn =
        browser.decide(scenario, exchange.logical, seen, exchange.hops - exchange.answered);
    if (turn == Browser.Turn.NONE) {
      return seen;
    }
    final boolean follows = turn == Browser.Turn.FOLLOW;
    turn(vu, scenario, completion, turn, follows ? exchange.hops + 1 : 0, measured);
    if (!follows) {
      return seen;
    }
    exchange.redirect(browser.method(), browser.path(), browser.keepsBody());
    if (exchange.hasWire()) {
      rendering.signAgain(vu, request, exchange.wire(), moment.tick());
    }
    if (browser.isFresh(vu, scenario, exchange.logical, nowMs, kept)) {
      return cachedHop(vu, request, exchange.digest, completion);
    }
    prepare(vu, exchange, completion.lastByteNs);
    return null;
  }

  private void turn(
      final int vu,
      final int scenario,
      final Completion completion,
      final Browser.Turn turn,
      final int hop,
      final RequestMetrics measured) {
    events.redirected(states.global(vu), scenario, completion.requestSeq, turn, hop);
    if (measured != null) {
      measured.onTurn(turn);
    }
  }

  /** What a redirect leads to is there already: it takes a number, as any answer of a cache. */
  private Completion cachedHop(
      final int vu, final int request, final long asksFor, final Completion redirect) {
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    times(redirect.sentNs, redirect.handedNs, redirect.firstByteNs, redirect.lastByteNs);
    kept.bytesSent = redirect.bytesSent;
    kept.requestSeq = requestSeq;
    onFresh(vu, request, requestSeq, asksFor, redirect.lastByteNs);
    return kept;
  }

  /** Which try the request of a slot is. */
  int attempt(final int slot) {
    return exchanges[slot].attempt;
  }

  /** Key of the random streams of the hop that follows. */
  long hopStream(final int slot) {
    final Exchange exchange = exchanges[slot];
    return KeyedRandom.visitStream(KeyedRandom.mix(exchange.stream ^ HOP), exchange.hops);
  }

  private void times(
      final long sentNs, final long handedNs, final long firstByteNs, final long lastByteNs) {
    kept.outcome = RequestOutcome.RESPONSE;
    kept.connectNs = 0;
    kept.sentNs = sentNs;
    kept.handedNs = handedNs;
    kept.firstByteNs = firstByteNs;
    kept.lastByteNs = lastByteNs;
  }

  private long ms(final long ns) {
    return around.startNs() / NS_PER_MS + Math.floorDiv(ns, NS_PER_MS);
  }
}
