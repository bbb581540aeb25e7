package io.lockstep.engine.content;

import io.lockstep.engine.content.cache.HttpCaches;
import io.lockstep.engine.content.cache.Lookup;
import io.lockstep.engine.content.cookie.CookieJars;
import io.lockstep.engine.content.digest.DigestAnswers;
import io.lockstep.engine.content.redirect.Redirect;
import io.lockstep.engine.content.redirect.Redirects;
import io.lockstep.engine.content.response.HeaderLines;
import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.scenario.plan.Browsing;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Cookies, redirects, caches and answers to challenges of the VUs of a shard, each where the VU's
 * scenario wants it. A plan without a target, which can only be simulated, has one of its own.
 */
final class ContentBrowser implements Browser {
  /** Longer contents are not kept: a VU may keep {@link HttpCaches#MAX_RESPONSES} of them. */
  static final int MAX_KEPT_BYTES = 256 << 10;

  private static final Target NOWHERE = new Target(false, "simulated", 80, "");
  private static final String COOKIE = "Cookie";
  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_ERROR = 400;
  private static final int UNAUTHORIZED = 401;

  private final Browsing[] browsing;
  private final Target target;
  private final CookieJars jars;
  private final HttpCaches<KeptResponse> caches;
  private final Redirects redirects;
  private final DigestAnswers digests;
  private final ResponseAdapter adapter = new ResponseAdapter();
  private final HeaderLines lines = new HeaderLines();
  private Redirect redirect = new Redirect(Redirect.Kind.NONE, null, null, false);

  ContentBrowser(final Plan plan, final int vus) {
    browsing = plan.scenarios().stream().map(ScenarioPlan::browsing).toArray(Browsing[]::new);
    target = plan.target() == null ? NOWHERE : plan.target();
    jars = new CookieJars(vus);
    caches = new HttpCaches<>(vus);
    redirects = new Redirects(target);
    digests = new DigestAnswers(vus);
  }

  @Override
  public boolean isFresh(
      final int vu,
      final int scenario,
      final AskedRequest request,
      final long nowMs,
      final Completion into) {
    if (!browsing[scenario].cache()) {
      return false;
    }
    final Lookup<KeptResponse> found = lookup(vu, request, nowMs);
    if (found.kind() != Lookup.Kind.FRESH) {
      return false;
    }
    into.outcome = RequestOutcome.RESPONSE;
    found.content().show(into);
    return true;
  }

  /** What was kept for a request that reads no body is of no use to one that does. */
  private Lookup<KeptResponse> lookup(final int vu, final AskedRequest request, final long nowMs) {
    final Lookup<KeptResponse> found =
        caches.lookup(vu, request.method(), request.path(), request::header, nowMs);
    return found.content() != null && request.readsBody() && !found.content().hasBody()
        ? new Lookup<>(Lookup.Kind.MISS, null, null, null)
        : found;
  }

  @Override
  public void addHeaders(
      final int vu,
      final int scenario,
      final AskedRequest request,
      final long nowMs,
      final List<Header> into) {
    if (browsing[scenario].cookies()) {
      final String cookies =
          jars.header(vu, target.host(), cookiePath(request), target.secure(), nowMs);
      if (cookies != null) {
        into.add(new Header(COOKIE, cookies));
      }
    }
  }

  private String cookiePath(final AskedRequest request) {
    final String path = request.path();
    final int query = path.indexOf('?');
    return target.basePath() + (query < 0 ? path : path.substring(0, query));
  }

  @Override
  public void addValidators(
      final int vu,
      final int scenario,
      final AskedRequest request,
      final long nowMs,
      final List<Header> into) {
    if (!browsing[scenario].cache()) {
      return;
    }
    final Lookup<KeptResponse> found = lookup(vu, request, nowMs);
    if (found.kind() == Lookup.Kind.STALE) {
      add("If-None-Match", found.etag(), request, into);
      add("If-Modified-Since", found.lastModified(), request, into);
    }
  }

  private static void add(
      final String name, final String value, final AskedRequest request, final List<Header> into) {
    if (value != null && request.header(name) == null) {
      into.add(new Header(name, value));
    }
  }

  @Override
  public boolean keep(
      final int vu,
      final int scenario,
      final AskedRequest request,
      final Completion response,
      final long sentMs,
      final long nowMs,
      final Completion into) {
    if (response.outcome != RequestOutcome.RESPONSE || !response.content.hasHead()) {
      return false;
    }
    final ResponseView view = adapter.of(response);
    if (browsing[scenario].cookies()) {
      jars.store(vu, target.host(), cookiePath(request), view, nowMs);
    }
    if (!browsing[scenario].cache()) {
      return false;
    }
    if (response.status == NOT_MODIFIED) {
      final KeptResponse kept =
          caches.revalidated(vu, request.path(), request::header, view, sentMs, nowMs);
      if (kept == null) {
        return false;
      }
      kept.show(into);
      return true;
    }
    if (HttpCaches.invalidates(request.method(), response.status)) {
      caches.invalidate(vu, request.path());
    } else if (isKeepable(response)) {
      caches.store(
          vu,
          request.method(),
          request.path(),
          request::header,
          view,
          KeptResponse.of(response),
          sentMs,
          nowMs);
    }
    return false;
  }

  /** A redirect is asked for each time, so that each of its hops is seen. */
  private static boolean isKeepable(final Completion response) {
    return response.content.keptLength() + response.content.headLength() <= MAX_KEPT_BYTES
        && (response.status < FIRST_REDIRECT || response.status >= FIRST_ERROR);
  }

  @Override
  public Turn decide(
      final int scenario,
      final AskedRequest request,
      final Completion response,
      final int followed) {
    if (response.outcome != RequestOutcome.RESPONSE || browsing[scenario].redirects() == 0) {
      return Turn.NONE;
    }
    redirect =
        redirects.decide(
            response.status,
            location(response),
            request.method(),
            target.basePath() + request.path(),
            followed,
            browsing[scenario].redirects());
    return switch (redirect.kind()) {
      case NONE -> Turn.NONE;
      case FOLLOW -> isBelowBase() ? Turn.FOLLOW : Turn.ELSEWHERE;
      case TOO_MANY -> Turn.TOO_MANY;
      case ELSEWHERE -> Turn.ELSEWHERE;
      case NOWHERE -> Turn.NOWHERE;
    };
  }

  private String location(final Completion response) {
    lines.reset(
        response.content.head(), response.content.headOffset(), response.content.headLength());
    while (lines.next()) {
      if (lines.isNamed("location")) {
        return lines.value();
      }
    }
    return null;
  }

  /** What is sent is below the target's own path, so nothing else can be asked for. */
  private boolean isBelowBase() {
    return redirect.path().startsWith(target.basePath() + "/");
  }

  @Override
  public boolean isChallenged(final int vu, final Completion response, final int answered) {
    if (response.outcome != RequestOutcome.RESPONSE
        || response.status != UNAUTHORIZED
        || !response.content.hasHead()) {
      return false;
    }
    final List<String> values = new ArrayList<>();
    lines.reset(
        response.content.head(), response.content.headOffset(), response.content.headLength());
    while (lines.next()) {
      if (lines.isNamed("www-authenticate")) {
        values.add(lines.value());
      }
    }
    return digests.isChallenged(vu, values, answered);
  }

  @Override
  public Authorization authorize(
      final int vu,
      final int scenario,
      final AskedRequest logical,
      final AskedRequest wire,
      final String clientNonce,
      final UnaryOperator<String> unmasked) {
    return digests.authorize(vu, target.basePath(), logical, wire, clientNonce, unmasked);
  }

  @Override
  public String method() {
    return redirect.method();
  }

  @Override
  public String path() {
    return redirect.path().substring(target.basePath().length());
  }

  @Override
  public boolean keepsBody() {
    return redirect.keepsBody();
  }

  @Override
  public void forget(final int vu) {
    jars.clear(vu);
    caches.clear(vu);
    digests.clear(vu);
  }
}
