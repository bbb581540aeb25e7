package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.Names;
import io.lockstep.scenario.language.QueryChecks;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.QueryLanguage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What names mean in the expressions of one scenario, and what its VUs must remember for them.
 * Variables are known before the first expression is compiled; counters, and what is captured of
 * responses, get their values when they are first asked for. Header names are in lower case.
 */
final class Symbols implements Names {
  private final List<String> variables;
  private final VariableKinds kinds;
  private final Map<String, Object> constants;
  private final List<FeederPlan> feeders;
  private final List<String> secrets;
  private final Environment environment;
  private final Stage stage;
  private final Map<String, Integer> counters = new LinkedHashMap<>();
  private final List<Memory.Captured> captured = new ArrayList<>();
  private final Map<String, Optional<String>> faultByPath = new HashMap<>();
  private final Map<Integer, Integer> slotByFeeder = new LinkedHashMap<>();
  private int values;
  private int responseSlot = Flow.NONE;

  /**
   * @param variables names of those that the scenario sets anywhere, each once
   * @param kinds of those variables
   * @param stage where the scenario stands in the run
   */
  Symbols(
      final Collection<String> variables,
      final VariableKinds kinds,
      final LoadTest test,
      final List<FeederPlan> feeders,
      final Environment environment,
      final Stage stage) {
    this.stage = stage;
    this.variables = List.copyOf(variables);
    this.kinds = kinds;
    this.constants = test.variables();
    this.feeders = List.copyOf(feeders);
    this.environment = environment;
    secrets = test.secrets().stream().map(Secret::name).toList();
    values = variables.size();
  }

  /** What the scenario's VUs remember, once all is compiled. */
  Memory memory() {
    return new Memory(
        variables,
        values,
        captured,
        responseSlot,
        slotByFeeder.entrySet().stream()
            .map(row -> new Memory.Row(row.getKey(), row.getValue()))
            .toList());
  }

  /** A value without a name. */
  int unnamed() {
    return values++;
  }

  /** The last response is looked at, and lies in these slots. */
  void responseSlot(final int first) {
    responseSlot = first;
  }

  /** Whether the slots of the last response have a place. */
  boolean hasResponseSlot() {
    return responseSlot != Flow.NONE;
  }

  /** A feeder's row is looked at. */
  boolean hasRow(final int feeder) {
    return slotByFeeder.containsKey(feeder);
  }

  void row(final int feeder, final int slot) {
    slotByFeeder.put(feeder, slot);
  }

  /** Feeders whose rows are looked at. */
  Collection<Integer> usedFeeders() {
    return List.copyOf(slotByFeeder.keySet());
  }

  @Override
  public int variable(final String name) {
    return variables.indexOf(name);
  }

  @Override
  public int kinds(final String variable) {
    return kinds.kinds(variable);
  }

  @Override
  public Collection<String> variables() {
    return variables;
  }

  @Override
  public Optional<Object> constant(final String name) {
    return Optional.ofNullable(constants.get(name));
  }

  @Override
  public Collection<String> constants() {
    return constants.keySet();
  }

  @Override
  public int feeder(final String name) {
    return feeders().indexOf(name);
  }

  @Override
  public List<String> feeders() {
    return feeders.stream().map(FeederPlan::name).toList();
  }

  @Override
  public int column(final int feeder, final String name) {
    return feeders.get(feeder).columns().indexOf(name);
  }

  @Override
  public Collection<String> columns(final int feeder) {
    return feeders.get(feeder).columns();
  }

  @Override
  public int secret(final String name) {
    return secrets.indexOf(name);
  }

  @Override
  public Collection<String> secrets() {
    return secrets;
  }

  @Override
  public boolean hasSetup() {
    return stage.afterSetup();
  }

  @Override
  public List<String> setupValues() {
    return stage.setupValues();
  }

  @Override
  public Optional<String> environment(final String name) {
    return environment.get(name);
  }

  @Override
  public Collection<String> environmentNames() {
    return environment.names();
  }

  @Override
  public Optional<String> jsonFault(final String path) {
    return faultByPath.computeIfAbsent(path, Symbols::pathFault);
  }

  private static Optional<String> pathFault(final String path) {
    return QueryChecks.fault(QueryLanguage.JSON_PATH, path)
        .map(clause -> "is not " + QueryLanguage.JSON_PATH.words() + ": " + clause);
  }

  @Override
  public int counter(final String name) {
    return counters.computeIfAbsent(name, any -> unnamed());
  }

  @Override
  public int header(final String name) {
    return capture(Memory.Part.HEADER, name.toLowerCase(Locale.ROOT));
  }

  @Override
  public int json(final String path) {
    return capture(Memory.Part.JSON, path);
  }

  /** The whole body is looked at. */
  void body() {
    capture(Memory.Part.BODY, "");
  }

  /** The size of the body is looked at. */
  void size() {
    capture(Memory.Part.SIZE, "");
  }

  private int capture(final Memory.Part part, final String of) {
    for (final Memory.Captured one : captured) {
      if (one.part() == part && one.of().equals(of)) {
        return one.value();
      }
    }
    captured.add(new Memory.Captured(part, of, unnamed()));
    return captured.get(captured.size() - 1).value();
  }
}
