package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.metric.MetricsTracker;
import io.lockstep.engine.core.metric.RequestMetrics;
import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.core.random.KeyedRandom;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * VUs that are browsers: makes of what a scenario asks what is sent, and of what comes what the
 * scenario sees. What a browser adds is part of the request digest in the journal, so that a replay
 * shows it to be the same, but not of the generation digest: that is of what the scenario asks.
 */
final class VuBrowsing {
  private static final long NS_PER_MS = 1_000_000;

  /** Keeps the streams of hops apart from those of visits. */
  private static final long HOP = 0xD6E8FEB86659FD93L;

  private final Browser browser;
  private final VuTable table;
  private final VuStates states;
  private final ResponseEvents events;
  private final MetricsTracker metrics;
  private final long startMs;

  /** By scenario. */
  private final boolean[] browses;

  private final List<RequestPlan> requests;
  private final Exchange[] exchanges;
  private final RequestRenderer renderer = new RequestRenderer();
  private final UnsafeBuffer asked = new UnsafeBuffer(new byte[Long.BYTES]);
  private final List<Header> added = new ArrayList<>();
  private final Completion kept = new Completion();
  private RenderedRequest sent;
  private long digest;

  /** A request of a VU, through all its hops. */
  private static final class Exchange {
    private final AskedRequest logical = new AskedRequest();
    private final AskedRequest wire = new AskedRequest();
    private boolean hasWire;
    private boolean isPlain;
    private int hops;
    private int attempt;
    private long stream;
    private long digest;
  }

  /**
   * @param slots requests that may be under way at once
   * @param startMs when the run started, milliseconds since 1970
   */
  private VuBrowsing(
      final Plan plan,
      final Browser browser,
      final ResponseEvents events,
      final MetricsTracker metrics,
      final VuTable table,
      final VuStates states,
      final int slots,
      final long startMs) {
    this.browser = browser;
    this.events = events;
    this.metrics = metrics;
    this.table = table;
    this.states = states;
    this.startMs = startMs;
    requests = plan.requests();
    final boolean[] byScenario = new boolean[plan.scenarios().size()];
    plan.scenarios().forEach(s -> byScenario[s.index()] = !s.browsing().equals(Browsing.NONE));
    browses = byScenario;
    exchanges = new Exchange[slots];
  }

  /** {@code null} where no VU of a plan is a browser. */
  static VuBrowsing of(
      final Plan plan,
      final Surroundings around,
      final ResponseEvents events,
      final MetricsTracker metrics,
      final VuTable table,
      final VuStates states,
      final int vus,
      final int slots) {
    if (plan.scenarios().stream().allMatch(s -> s.browsing().equals(Browsing.NONE))) {
      return null;
    }
    return new VuBrowsing(
        plan,
        around.responses().browser(plan, vus),
        events,
        metrics,
        table,
        states,
        slots,
        around.startNs() / NS_PER_MS);
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
    final RequestPlan plan = requests.get(request);
    if (asked == null) {
      exchange.logical.of(plan);
    } else {
      exchange.logical.of(asked);
    }
    exchange.hasWire = secretly != null;
    if (exchange.hasWire) {
      exchange.wire.of(secretly);
    }
    exchange.isPlain = asked == null;
    exchange.digest = asksFor;
    exchange.hops = 0;
    exchange.attempt = attempt;
    exchange.stream = stream;
    final int scenario = table.scenario(vu);
    if (browser.isFresh(vu, scenario, exchange.logical, ms(nowNs), kept)) {
      times(nowNs, nowNs, nowNs);
      kept.bytesSent = 0;
      return true;
    }
    prepare(vu, exchange, nowNs);
    return false;
  }

  private void prepare(final int vu, final Exchange exchange, final long nowNs) {
    final int scenario = table.scenario(vu);
    added.clear();
    browser.addHeaders(vu, scenario, exchange.logical, ms(nowNs), added);
    if (exchange.hops == 0) {
      browser.addValidators(vu, scenario, exchange.logical, ms(nowNs), added);
    }
    if (added.isEmpty() && exchange.hops == 0) {
      digest = exchange.digest;
      sent = exchange.isPlain ? null : render(exchange.hasWire ? exchange.wire : exchange.logical);
      return;
    }
    digest = digest(exchange);
    sent = render(exchange.hasWire ? exchange.wire : exchange.logical);
  }

  /** Digest of what is sent, whose secrets it does not know: what was asked, and what was added. */
  private long digest(final Exchange exchange) {
    renderer.begin().text(exchange.logical.method()).text(exchange.logical.path());
    renderer.headers(added.size());
    for (final Header header : added) {
      renderer.text(header.name()).text(header.value());
    }
    asked.putLong(0, exchange.digest, RenderedRequest.ORDER);
    renderer.beginText().put(asked, 0, Long.BYTES).endText();
    return renderer.digest();
  }

  private RenderedRequest render(final AskedRequest request) {
    final List<Header> headers = new ArrayList<>(request.headers());
    for (final Header header : added) {
      add(header, headers);
    }
    renderer.begin().text(request.method()).text(request.path()).headers(headers.size());
    for (final Header header : headers) {
      renderer.text(header.name()).text(header.value());
    }
    return renderer.text(request.body()).request();
  }

  /** Two lines of one name become one, as RFC 6265, section 5.4, wants for cookies. */
  private static void add(final Header header, final List<Header> into) {
    final String name = header.name().toLowerCase(Locale.ROOT);
    for (int i = 0; i < into.size(); i++) {
      if (into.get(i).name().toLowerCase(Locale.ROOT).equals(name)) {
        into.set(i, new Header(header.name(), into.get(i).value() + "; " + header.value()));
        return;
      }
    }
    into.add(header);
  }

  /** What is to be sent; {@code null} for what the plan says. */
  RenderedRequest sent() {
    return sent;
  }

  /** Digest of what is to be sent, its secrets by name. */
  long digest() {
    return digest;
  }

  /** The answer that a VU had, valid until the next request or response. */
  Completion kept() {
    return kept;
  }

  /** A VU had a fresh answer. */
  void onFresh(
      final int vu, final int request, final int requestSeq, final long asksFor, final long nowNs) {
    cached(vu, request, requestSeq, ResponseEvents.FRESH, asksFor, nowNs);
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
    times(completion.sentNs, completion.firstByteNs, completion.lastByteNs);
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
          ResponseEvents.NOT_MODIFIED,
          exchange.digest,
          completion.lastByteNs);
      if (measured != null) {
        measured.onNotModified();
      }
    }
    final Browser.Turn turn = browser.decide(scenario, exchange.logical, seen, exchange.hops);
    if (turn == Browser.Turn.NONE) {
      return seen;
    }
    final boolean follows = turn == Browser.Turn.FOLLOW;
    events.redirected(
        states.global(vu), scenario, completion.requestSeq, turn, follows ? exchange.hops + 1 : 0);
    if (measured != null) {
      measured.onTurn(turn);
    }
    if (!follows) {
      return seen;
    }
    exchange.hops++;
    exchange.isPlain = false;
    exchange.logical.redirect(browser.method(), browser.path(), browser.keepsBody());
    exchange.wire.redirect(browser.method(), browser.path(), browser.keepsBody());
    if (browser.isFresh(vu, scenario, exchange.logical, nowMs, kept)) {
      return cachedHop(vu, request, exchange.digest, completion);
    }
    prepare(vu, exchange, completion.lastByteNs);
    return null;
  }

  /** What a redirect leads to is there already: it takes a number, as any answer of a cache. */
  private Completion cachedHop(
      final int vu, final int request, final long asksFor, final Completion redirect) {
    final int requestSeq = table.requestSeq(vu) + 1;
    table.request(vu, requestSeq, request);
    times(redirect.sentNs, redirect.firstByteNs, redirect.lastByteNs);
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

  private void times(final long sentNs, final long firstByteNs, final long lastByteNs) {
    kept.outcome = RequestOutcome.RESPONSE;
    kept.connectNs = 0;
    kept.sentNs = sentNs;
    kept.firstByteNs = firstByteNs;
    kept.lastByteNs = lastByteNs;
  }

  private long ms(final long ns) {
    return startMs + Math.floorDiv(ns, NS_PER_MS);
  }
}
