package io.lockstep.scenario.model;

import io.lockstep.scenario.plan.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * One step of a flow. Steps are told apart by their {@link #id}, or by what they are and how many
 * of that came before them in the same list: the random draws of a step hang on that.
 */
public sealed interface Step {
  /** What the file calls it, if anything. */
  Optional<String> id();

  /** The lists of steps within it. */
  default List<List<Step>> nested() {
    return List.of();
  }

  /** Makes a request and waits for its end; its name is its id. */
  record Ask(Request request) implements Step {
    @Override
    public Optional<String> id() {
      return Optional.of(request.name());
    }
  }

  /** Pauses. */
  record Think(Optional<String> id, Distribution duration) implements Step {}

  /** Waits until so long after the last pace, or the start of the iteration. */
  record Pace(Optional<String> id, Distribution interval) implements Step {}

  /** Steps that are timed as one; its name is its id. */
  record Group(String name, List<Step> steps) implements Step {
    public Group {
      steps = List.copyOf(steps);
    }

    @Override
    public Optional<String> id() {
      return Optional.of(name);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(steps);
    }
  }

  /** Does one of several things. */
  record Choose(Optional<String> id, Manner manner, List<Option> options) implements Step {
    public Choose {
      options = List.copyOf(options);
    }

    @Override
    public List<List<Step>> nested() {
      return options.stream().map(Option::steps).toList();
    }
  }

  /** One thing to choose; {@code weight} counts where weights decide. */
  record Option(Optional<String> id, long weight, List<Step> steps) {
    public Option {
      steps = List.copyOf(steps);
    }
  }

  /** How one of several things is chosen. */
  enum Manner {
    /** At random, by weight. */
    WEIGHTED,
    /** At random, all alike. */
    UNIFORM,
    /** One after the other, over VUs, iterations and visits. */
    ROUND_ROBIN
  }

  /** Does its steps so often. */
  record Repeat(Optional<String> id, long times, List<Step> steps) implements Step {
    public Repeat {
      steps = List.copyOf(steps);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(steps);
    }
  }

  /** Does its steps again until so long after it began. */
  record During(Optional<String> id, long durationNs, List<Step> steps) implements Step {
    public During {
      steps = List.copyOf(steps);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(steps);
    }
  }

  /** Does its steps again, {@code times} in all at most, for as long as a request in them fails. */
  record Retry(Optional<String> id, int times, Backoff backoff, List<Step> steps) implements Step {
    public Retry {
      steps = List.copyOf(steps);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(steps);
    }
  }

  /**
   * Pauses between tries.
   *
   * @param initialNs the first
   * @param factor from one to the next
   * @param maxNs the longest
   * @param jitter whether each is drawn between zero and its length
   */
  record Backoff(long initialNs, double factor, long maxNs, boolean jitter) {
    /** No pause. */
    public static final Backoff NONE = new Backoff(0, 1, 0, false);
  }

  /** Makes requests side by side, {@code max} at once. */
  record Parallel(Optional<String> id, int max, List<Request> requests) implements Step {
    public Parallel {
      requests = List.copyOf(requests);
    }
  }

  /** Waits until so many VUs are there. */
  record Rendezvous(Optional<String> id, int users, long timeoutNs) implements Step {}

  /** Ends something. */
  record Stop(Optional<String> id, What what) implements Step {}

  /** What can be ended. */
  enum What {
    /** The present iteration. */
    ITERATION,
    /** The VU. */
    VU,
    /** The whole test. */
    TEST
  }
}
