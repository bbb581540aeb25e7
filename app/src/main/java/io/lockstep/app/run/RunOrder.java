package io.lockstep.app.run;

import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run, decided in all respects.
 *
 * @param plan what to run
 * @param scenarioFile name of the scenario file in the run's directory
 * @param scenarioText its content
 * @param tables the rows of the plan's feeders, in their order
 * @param kind what carries the requests
 * @param options threads and cores
 * @param network auto, epoll or nio
 * @param out directory of runs
 * @param id of the run, {@code null} for one made of time and plan
 * @param journal whether to keep one
 * @param progress whether to show any
 * @param notes what the command line said, for the manifest
 */
public record RunOrder(
    Plan plan,
    String scenarioFile,
    String scenarioText,
    List<Table> tables,
    TransportKind kind,
    RunOptions options,
    String network,
    Path out,
    String id,
    boolean journal,
    boolean progress,
    Map<String, String> notes) {
  public RunOrder {
    tables = List.copyOf(tables);
    notes = Map.copyOf(notes);
  }
}
