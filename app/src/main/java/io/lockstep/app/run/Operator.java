package io.lockstep.app.run;

import io.lockstep.engine.core.agent.Runner;
import java.util.function.Consumer;

/** Whoever asks for changes while a run goes on. */
interface Operator {
  /** Asks for none. */
  Operator NOBODY =
      new Operator() {
        @Override
        public void attend(final Runner runner, final Consumer<String> messages) {
          // nothing to ask for
        }

        @Override
        public void leave() {
          // was never there
        }
      };

  /**
   * The run is about to start.
   *
   * @param runner whom to ask
   * @param messages gets what the user is told
   */
  void attend(Runner runner, Consumer<String> messages);

  /** The run is over; asks for nothing more. */
  void leave();
}
