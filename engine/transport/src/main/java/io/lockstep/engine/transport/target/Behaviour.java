package io.lockstep.engine.transport.target;

/**
 * How slow and how faulty the target is. The answer depends on the number of the request alone, so
 * that a seeded behaviour is the same for every run. Called on the server's threads, by several at
 * once.
 */
public interface Behaviour {
  /** Answers at once and never fails. */
  Behaviour PLAIN =
      new Behaviour() {
        @Override
        public long latencyNs(final long request) {
          return 0;
        }

        @Override
        public boolean isFailure(final long request) {
          return false;
        }
      };

  /** Nanoseconds to wait before answering request number {@code request}, counted from 0. */
  long latencyNs(long request);

  /** Whether that request is answered with status 500, whatever it asked for. */
  boolean isFailure(long request);
}
