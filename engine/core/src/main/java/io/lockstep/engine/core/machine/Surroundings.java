package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.engine.core.port.ResponseTools;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a machine has besides its plan, the same for all shards. But for the secrets, which the wire
 * alone sees, a replay gives it as it was.
 *
 * @param feeders the rows of the plan's feeders, in their order
 * @param secrets values of the plan's secrets; {@link SecretSource#NONE} in simulation and replay
 * @param start tells the virtual time at which the run starts, nanoseconds since 1970: asked when
 *     it does, and always the same from then on
 * @param responses makes what responses are understood with
 */
public record Surroundings(
    List<FeederSource> feeders, SecretSource secrets, LongSupplier start, ResponseTools responses) {
  private static final long NS_PER_MS = 1_000_000;

  /**
   * When a simulated run starts, 2026-01-01T00:00:00Z: always then, so that what it asks is the
   * same each time.
   */
  public static final long SIMULATED_START_NS = 1_767_225_600_000_000_000L;

  /** No data and no secrets, from the simulated start on. */
  public static final Surroundings NONE =
      new Surroundings(List.of(), SecretSource.NONE, SIMULATED_START_NS, ResponseTools.NONE);

  /** The virtual time of a live run that started at this moment, in whole milliseconds. */
  private static long startNs(final Instant startedAt) {
    return Math.multiplyExact(startedAt.toEpochMilli(), NS_PER_MS);
  }

  /**
   * The virtual time at which a run of a plan starts.
   *
   * @param startedAt the moment at which a live run did; {@code null} in simulation
   */
  public static long startNs(final Plan plan, final Instant startedAt) {
    return plan.clockNs()
        .orElseGet(() -> startedAt == null ? SIMULATED_START_NS : startNs(startedAt));
  }

  public Surroundings {
    feeders = List.copyOf(feeders);
  }

  /** Of a run whose start is known. */
  public Surroundings(
      final List<FeederSource> feeders,
      final SecretSource secrets,
      final long startNs,
      final ResponseTools responses) {
    this(feeders, secrets, () -> startNs, responses);
  }

  /** The virtual time at which the run starts, nanoseconds since 1970; not before it does. */
  public long startNs() {
    return start.getAsLong();
  }

  /** Of a plan that does nothing with responses. */
  public Surroundings(
      final List<FeederSource> feeders, final SecretSource secrets, final long startNs) {
    this(feeders, secrets, startNs, ResponseTools.NONE);
  }
}
