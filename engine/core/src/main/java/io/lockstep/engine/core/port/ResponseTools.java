package io.lockstep.engine.core.port;

import io.lockstep.scenario.plan.Plan;

/** Makes what a shard's machine understands responses with. Any thread. */
public interface ResponseTools {
  /** Makes none: for plans that do nothing with responses. */
  ResponseTools NONE =
      new ResponseTools() {
        @Override
        public ResponseReader reader(final Plan plan) {
          throw new IllegalStateException("nothing here reads the responses of " + plan.name());
        }

        @Override
        public BodyDecoder decoder() {
          throw new IllegalStateException("nothing here takes bodies out of their codings");
        }

        @Override
        public Browser browser(final Plan plan, final int vus) {
          throw new IllegalStateException("nothing here is a browser for " + plan.name());
        }
      };

  /** A reader for a plan that reads responses. */
  ResponseReader reader(Plan plan);

  /** What bodies are taken out of their codings with. */
  BodyDecoder decoder();

  /**
   * A browser for a plan whose VUs are browsers.
   *
   * @param vus of the shard
   */
  Browser browser(Plan plan, int vus);
}
