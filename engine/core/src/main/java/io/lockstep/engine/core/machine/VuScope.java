package io.lockstep.engine.core.machine;

import io.lockstep.engine.core.expression.Scope;
import io.lockstep.engine.core.feeder.FeederRows;
import io.lockstep.engine.core.port.FeederSource;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestOutcome;
import io.lockstep.scenario.plan.ScenarioPlan;
import io.lockstep.scenario.plan.expression.Value;
import java.util.Arrays;

/** What the expressions of one VU see, at one moment: shown by {@link #of}, one VU at a time. */
final class VuScope implements Scope {
  private final VuTable table;
  private final VuSlots slots;
  private final VuVariables variables;
  private final VuStates states;
  private final ScenarioPlan[] scenarios;
  private final Memory[] memories;
  private final int[] bodies;
  private final FeederPlan[] feeders;
  private final FeederSource[] sources;

  /**
   * By scenario and feeder; {@link Flow#NONE} and {@code null} where one does not use the other.
   */
  private final int[][] rowSlots;

  private final FeederRows[][] rows;
  private final SecretSource source;

  /** {@code null} for one whose value changes. */
  private final String[] secrets;

  private final long seed;
  private final long tickNs;
  private final Surroundings around;
  private int vu;
  private int scenario;
  private long tick;
  private long missing;

  VuScope(final ShardState shard) {
    table = shard.table;
    slots = shard.slots;
    variables = shard.variables;
    states = shard.states;
    final Plan plan = shard.plan;
    around = shard.around;
    seed = plan.seed();
    tickNs = plan.tickNs();
    scenarios = plan.scenarios().toArray(ScenarioPlan[]::new);
    memories =
        plan.scenarios().stream()
            .map(s -> plan.flow().of(s.index()).memory())
            .toArray(Memory[]::new);
    bodies =
        Arrays.stream(memories)
            .mapToInt(memory -> memory.body().map(Memory.Captured::value).orElse(Flow.NONE))
            .toArray();
    feeders = plan.feeders().toArray(FeederPlan[]::new);
    sources = around.feeders().toArray(FeederSource[]::new);
    rowSlots = new int[scenarios.length][feeders.length];
    rows = new FeederRows[scenarios.length][feeders.length];
    for (int i = 0; i < scenarios.length; i++) {
      Arrays.fill(rowSlots[i], Flow.NONE);
      for (final Memory.Row row : memories[i].rows()) {
        rowSlots[i][row.feeder()] = row.slot();
        rows[i][row.feeder()] = FeederRows.of(feeders[row.feeder()], scenarios[i], seed);
      }
    }
    // Where there are no values the name stands for one: what a simulation sends is then as valid.
    secrets = plan.secrets().toArray(String[]::new);
    source = around.secrets();
    if (source.hasValues()) {
      for (int i = 0; i < secrets.length; i++) {
        secrets[i] = source.changes(i) ? null : source.text(i);
      }
    }
  }

  /** Shows a VU in a tick. */
  VuScope of(final int shownVu, final long shownTick) {
    vu = shownVu;
    scenario = table.scenario(shownVu);
    tick = shownTick;
    return this;
  }

  /**
   * Whether the last expression failed since there was no row: {@link FeederRows#STOP_VU} or {@link
   * FeederRows#STOP_TEST}, else 0. Forgets it.
   */
  long takeMissing() {
    final long taken = missing;
    missing = 0;
    return taken;
  }

  @Override
  public void variable(final int slot, final Value into) {
    into.copy(variables.get(vu, slot));
  }

  @Override
  public void setup(final int index, final Value into) {
    into.copy(variables.setup().get(index));
  }

  @Override
  public void column(final int feeder, final int column, final Value into) {
    final int slot = rowSlots[scenario][feeder];
    long row = slots.get(vu, slot) - 1;
    if (row < 0) {
      row = choose(feeder);
      if (row < 0) {
        missing = row;
        into.fail("`" + feeders[feeder].name() + "` has no row left");
        return;
      }
      slots.set(vu, slot, row + 1);
    }
    into.set(sources[feeder].text(row, column));
  }

  private long choose(final int feeder) {
    final FeederRows chosen = rows[scenario][feeder];
    final long iteration = table.iteration(vu);
    return scenarios[scenario].load().vusLast()
        ? chosen.ofIteration((long) states.global(vu) - scenarios[scenario].firstVu(), iteration)
        : chosen.ofIndex(iteration);
  }

  @Override
  public long vu() {
    return states.global(vu);
  }

  @Override
  public long iteration() {
    return table.iteration(vu);
  }

  @Override
  public String scenario() {
    return scenarios[scenario].name();
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public long stream() {
    return table.stream(vu);
  }

  @Override
  public long nowNs() {
    return around.startNs() + tick * tickNs;
  }

  @Override
  public long count(final int counter) {
    final Value count = variables.get(vu, counter);
    final long next = count.isNull() ? 1 : count.number() + 1;
    count.set(next);
    return next;
  }

  private long response(final int which) {
    return slots.get(vu, memories[scenario].responseSlot() + which);
  }

  @Override
  public int status() {
    return (int) response(Memory.STATUS);
  }

  @Override
  public long serviceTimeNs() {
    return response(Memory.SERVICE_NS);
  }

  @Override
  public long responseTimeNs() {
    return response(Memory.RESPONSE_NS);
  }

  @Override
  public long size() {
    final Value size = variables.get(vu, memories[scenario].sizeValue());
    return size.isNull() ? 0 : size.number();
  }

  @Override
  public boolean failed() {
    return error() != null || (response(Memory.OUTCOME) & VuResponses.BAD_STATUS) != 0;
  }

  @Override
  public String error() {
    final int outcome = (int) response(Memory.OUTCOME) & ~VuResponses.BAD_STATUS;
    return outcome == 0 || outcome == RequestOutcome.RESPONSE.code()
        ? null
        : RequestOutcome.of(outcome).key();
  }

  @Override
  public void body(final Value into) {
    into.copy(variables.get(vu, bodies[scenario]));
  }

  @Override
  public void header(final int header, final Value into) {
    into.copy(variables.get(vu, header));
  }

  @Override
  public void json(final int path, final Value into) {
    into.copy(variables.get(vu, path));
  }

  @Override
  public String secret(final int index) {
    return secrets[index] == null ? source.text(index) : secrets[index];
  }
}
