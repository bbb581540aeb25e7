package io.lockstep.app.run;

import io.lockstep.engine.core.agent.RunOptions;
import io.lockstep.engine.core.machine.TransportKind;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.data.SentFile;
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
 * @param included texts of the files that it includes, by their names in the run's directory
 * @param secrets values that only the wire may show
 * @param credentials whom its connections trust and what they can show
 * @param tables the rows of the plan's feeders, in their order
 * @param sentFiles those whose bytes its requests send
 * @param kind what carries the requests
 * @param options threads and cores
 * @param network auto, epoll, io_uring or nio
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
    Map<String, String> included,
    SecretSource secrets,
    TlsCredentials credentials,
    List<Table> tables,
    List<SentFile> sentFiles,
    TransportKind kind,
    RunOptions options,
    String network,
    Path out,
    String id,
    boolean journal,
    boolean progress,
    Map<String, String> notes) {
  public RunOrder {
    included = Map.copyOf(included);
    tables = List.copyOf(tables);
    sentFiles = List.copyOf(sentFiles);
    notes = Map.copyOf(notes);
  }
}
