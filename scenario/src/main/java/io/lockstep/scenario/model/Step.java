package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.plan.Distribution;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * Does its steps again, {@code times} in all at most, for as long as a request in them fails, or
   * until a condition holds where there is one.
   */
  record Retry(
      Optional<String> id,
      int times,
      Backoff backoff,
      Optional<SourceExpression> until,
      List<Step> steps)
      implements Step {
    public Retry {
      steps = List.copyOf(steps);
    }

    /** Until no request in them fails. */
    public Retry(
        final Optional<String> id, final int times, final Backoff backoff, final List<Step> steps) {
      this(id, times, backoff, Optional.empty(), steps);
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

  /** Does some steps where a condition holds, others where not. */
  record If(Optional<String> id, SourceExpression condition, List<Step> then, List<Step> otherwise)
      implements Step {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(then, otherwise);
    }
  }

  /** Does the steps of the case that is the text of a value, or others where there is none. */
  record Switch(
      Optional<String> id,
      SourceExpression subject,
      Map<String, List<Step>> cases,
      List<Step> otherwise)
      implements Step {
    public Switch {
      cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
      otherwise = List.copyOf(otherwise);
    }

    @Override
    public List<List<Step>> nested() {
      return Stream.concat(cases.values().stream(), Stream.of(otherwise)).toList();
    }
  }

  /** Does its steps again for as long as a condition holds, {@code max} times at most. */
  record While(Optional<String> id, SourceExpression condition, long max, List<Step> steps)
      implements Step {
    public While {
      steps = List.copyOf(steps);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(steps);
    }
  }

  /** Does its steps for each item of a list, which is in a variable then. */
  record ForEach(Optional<String> id, SourceExpression items, String as, List<Step> steps)
      implements Step {
    public ForEach {
      steps = List.copyOf(steps);
    }

    @Override
    public List<List<Step>> nested() {
      return List.of(steps);
    }
  }

  /** Sets variables, one after the other. */
  record Assign(Optional<String> id, Map<String, SourceExpression> values) implements Step {
    public Assign {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Gives metrics of the file samples, by their names. */
  record Measure(Optional<String> id, Map<String, SourceExpression> values) implements Step {
    public Measure {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** Puts a text into the journal. */
  record Log(Optional<String> id, SourceTemplate text) implements Step {}

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
