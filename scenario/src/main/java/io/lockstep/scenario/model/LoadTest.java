package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.plan.Connections;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.plan.metric.Threshold;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole file.
 *
 * @param name of the file's test
 * @param seed of all random streams
 * @param tickNs length of a tick
 * @param target where requests go; empty where it can only be simulated
 * @param timeoutNs of requests that have none of their own
 * @param headers that all requests have
 * @param connections how VUs share connections
 * @param feeders rows of data, in the order of the file; their names are unique
 * @param scenarios at least one, in the order of the file
 * @param thresholds what a run must keep to pass
 * @param simulate the simulated target, if any
 * @param secrets in the order of the file
 * @param recording what the journal keeps of responses
 * @param variables constants of every VU by name, in the order of the file: Boolean, Long, Double
 *     or String
 * @param headerTemplates those of the file's headers that are no literal text
 * @param phases what is done once, before and after all scenarios
 * @param tls how connections are secured
 * @param clockNs the virtual time at which a run starts, nanoseconds since 1970; empty for the
 *     moment at which it does
 * @param metrics that the file declares
 */
public record LoadTest(
    String name,
    long seed,
    long tickNs,
    Optional<Target> target,
    long timeoutNs,
    List<Header> headers,
    Connections connections,
    List<Feeder> feeders,
    List<Scenario> scenarios,
    List<Threshold> thresholds,
    Optional<Simulate> simulate,
    List<Secret> secrets,
    Recording recording,
    Map<String, Object> variables,
    Templates headerTemplates,
    Phases phases,
    Tls tls,
    OptionalLong clockNs,
    List<CustomMetric> metrics) {
  public LoadTest {
    metrics = List.copyOf(metrics);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    secrets = List.copyOf(secrets);
    headers = List.copyOf(headers);
    feeders = List.copyOf(feeders);
    scenarios = List.copyOf(scenarios);
    thresholds = List.copyOf(thresholds);
  }

  /** A test without variables and templates in its headers. */
  public LoadTest(
      final String name,
      final long seed,
      final long tickNs,
      final Optional<Target> target,
      final long timeoutNs,
      final List<Header> headers,
      final Connections connections,
      final List<Feeder> feeders,
      final List<Scenario> scenarios,
      final List<Threshold> thresholds,
      final Optional<Simulate> simulate,
      final List<Secret> secrets,
      final Recording recording) {
    this(
        name,
        seed,
        tickNs,
        target,
        timeoutNs,
        headers,
        connections,
        feeders,
        scenarios,
        thresholds,
        simulate,
        secrets,
        recording,
        Map.of(),
        Templates.NONE,
        Phases.NONE,
        Tls.DEFAULT,
        OptionalLong.empty(),
        List.of());
  }

  /** The same test with a simulated target. */
  public LoadTest with(final Simulate simulated) {
    return with(scenarios, thresholds, Optional.of(simulated), phases, tls);
  }

  /** The same test, secured otherwise. */
  public LoadTest with(final Tls newTls) {
    return with(scenarios, thresholds, simulate, phases, newTls);
  }

  /**
   * The same target, data and names with this scenario alone, which need not keep anything and
   * opens no connection ahead: it is no load.
   *
   * @param afterSetup whether it can look at what a setup has left; where it cannot, it sends none
   *     of the file's headers that do
   */
  public LoadTest alone(final Scenario scenario, final boolean afterSetup) {
    final LoadTest all = with(List.of(scenario), List.of(), simulate, Phases.NONE, tls).onDemand();
    return afterSetup ? all : all.withoutSetup();
  }

  private LoadTest onDemand() {
    return new LoadTest(
        name,
        seed,
        tickNs,
        target,
        timeoutNs,
        headers,
        connections.with(connections.keeping(), connections.opening().onDemand()),
        feeders,
        scenarios,
        thresholds,
        simulate,
        secrets,
        recording,
        variables,
        headerTemplates,
        phases,
        tls,
        clockNs,
        metrics);
  }

  private LoadTest withoutSetup() {
    final Map<String, SourceTemplate> left = new LinkedHashMap<>(headerTemplates.headerByName());
    left.values().removeIf(SourceTemplate::usesSetup);
    return new LoadTest(
        name,
        seed,
        tickNs,
        target,
        timeoutNs,
        headers.stream()
            .filter(
                header ->
                    !headerTemplates.headerByName().containsKey(header.name())
                        || left.containsKey(header.name()))
            .toList(),
        connections,
        feeders,
        scenarios,
        thresholds,
        simulate,
        secrets,
        recording,
        variables,
        headerTemplates.withHeaders(left).withoutSetup(),
        phases,
        tls,
        clockNs,
        metrics);
  }

  private LoadTest with(
      final List<Scenario> newScenarios,
      final List<Threshold> newThresholds,
      final Optional<Simulate> newSimulate,
      final Phases newPhases,
      final Tls newTls) {
    return new LoadTest(
        name,
        seed,
        tickNs,
        target,
        timeoutNs,
        headers,
        connections,
        feeders,
        newScenarios,
        newThresholds,
        newSimulate,
        secrets,
        recording,
        variables,
        headerTemplates,
        newPhases,
        newTls,
        clockNs,
        metrics);
  }
}
