package io.lockstep.engine.content;

import io.lockstep.engine.core.port.BodyDecoder;
import io.lockstep.engine.core.port.Browser;
import io.lockstep.engine.core.port.ResponseReader;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.scenario.plan.Plan;

/** Gives machines what this module has. */
public final class ContentTools implements ResponseTools {
  @Override
  public ResponseReader reader(final Plan plan) {
    return new ContentReader(plan);
  }

  @Override
  public BodyDecoder decoder() {
    return new OpenedBody();
  }

  @Override
  public Browser browser(final Plan plan, final int vus) {
    return new ContentBrowser(plan, vus);
  }
}
