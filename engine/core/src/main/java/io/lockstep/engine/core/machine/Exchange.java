package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.AskedRequest;
import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.scenario.plan.Capture;
import io.lockstep.scenario.plan.DigestCredentials;
import io.lockstep.scenario.plan.RequestPlan;

/** A request of a VU that is a browser, through all its hops. Reused. */
final class Exchange {
  /** What is asked for, its secrets by name. */
  final AskedRequest logical = new AskedRequest();

  int attempt;
  long stream;

  /** Digest of what the scenario asked for. */
  long digest;

  int hops;

  /** How many of the hops answer a challenge. */
  int answered;

  private final AskedRequest wire = new AskedRequest();
  private boolean hasWire;
  private boolean isPlain;
  private boolean credentials;

  /**
   * A scenario asks for something.
   *
   * @param asked what, {@code null} for what the plan says
   * @param secretly the same with its secrets, {@code null} where it has none
   */
  void begin(final RequestPlan plan, final RenderedRequest asked, final RenderedRequest secretly) {
    if (asked == null) {
      logical.of(plan);
    } else {
      logical.of(asked, plan);
    }
    logical.readsBody(plan.capture() == Capture.BODY);
    hasWire = secretly != null;
    if (hasWire) {
      wire.of(secretly, plan);
    }
    final String authorization = logical.header(DigestCredentials.HEADER);
    credentials = authorization != null && authorization.startsWith(DigestCredentials.SCHEME);
    isPlain = asked == null && !credentials;
    hops = 0;
    answered = 0;
  }

  /** Whether it has credentials to answer a challenge with, in a header that is never sent. */
  boolean hasCredentials() {
    return credentials;
  }

  /** The same is asked for again, with an answer to a challenge. */
  void challenged() {
    hops++;
    answered++;
  }

  /** A redirect leads on. */
  void redirect(final String method, final String path, final boolean keepsBody) {
    hops++;
    isPlain = false;
    logical.redirect(method, path, keepsBody);
    wire.redirect(method, path, keepsBody);
  }

  /** Whether it asks for what the plan says. */
  boolean isPlain() {
    return isPlain;
  }

  /** Whether what is sent is not what is digested. */
  boolean hasWire() {
    return hasWire;
  }

  /** What is asked for, its secrets by value. */
  AskedRequest wire() {
    return hasWire ? wire : logical;
  }
}
