package io.lockstep.engine.core.metric;

import io.lockstep.engine.core.port.Completion;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.ResponseUse;
import java.util.Arrays;

/**
 * Which requests have failed: those without a complete response, and those whose status is not one
 * that the plan expects. Immutable; any thread.
 */
public final class Failures {
  /** Statuses below. */
  static final int STATUSES = 1000;

  private static final boolean[] BAD_BY_DEFAULT = bad(ResponseUse.NONE, false);

  /** By request and status. */
  private final boolean[][] bad;

  /** Of requests that expect nothing of their own. */
  Failures(final int requests) {
    bad = new boolean[requests][];
    Arrays.fill(bad, BAD_BY_DEFAULT);
  }

  /** Of the requests of a plan. */
  public Failures(final Plan plan) {
    this(plan.requests().size());
    for (final RequestPlan request : plan.requests()) {
      if (!request.use().expected().isEmpty()) {
        final boolean follows = plan.scenarios().get(request.scenario()).browsing().redirects() > 0;
        bad[request.index()] = bad(request.use(), follows);
      }
    }
  }

  private static boolean[] bad(final ResponseUse use, final boolean follows) {
    final boolean[] all = new boolean[STATUSES];
    for (int status = 0; status < all.length; status++) {
      all[status] = !use.expects(status) && !(follows && isRedirect(status));
    }
    return all;
  }

  /** One that a browser goes on from: what is expected is said of where that leads. */
  private static boolean isRedirect(final int status) {
    return (status >= 301 && status <= 303) || status == 307 || status == 308;
  }

  /** Which statuses of a request are bad ones; not to be changed. */
  boolean[] bad(final int request) {
    return bad[request];
  }

  /** The same of a request that expects nothing of its own. */
  static boolean[] badByDefault() {
    return BAD_BY_DEFAULT;
  }

  /** Whether a request failed whose end this is. */
  public boolean isFailure(final int request, final Completion ended) {
    return ended.outcome != RequestOutcome.RESPONSE || isBad(request, ended.status);
  }

  /** Whether a request does not expect a status. */
  public boolean isBad(final int request, final int status) {
    return bad[request][status];
  }
}
