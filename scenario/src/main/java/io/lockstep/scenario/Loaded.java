package io.lockstep.scenario;

import io.lockstep.scenario.data.SentFile;
import io.lockstep.scenario.data.Table;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.document.Included;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.plan.Plan;
import java.util.List;
import java.util.Map;

/**
 * A scenario file that can be run.
 *
 * @param plan what to run
 * @param text of the file; its UTF-8 bytes are the file's
 * @param included the files that it includes, in the order in which they were read
 * @param secrets where the values come from that the plan knows by name, in the plan's order
 * @param tables the rows of the plan's feeders, in their order
 * @param sentFiles those whose bytes requests send, where they were read
 * @param variables of the environment that the plan has become part of, by name
 * @param warnings in the order of their places
 */
public record Loaded(
    Plan plan,
    String text,
    List<Included> included,
    List<Secret> secrets,
    List<Table> tables,
    List<SentFile> sentFiles,
    Map<String, String> variables,
    List<Diagnostic> warnings) {
  public Loaded {
    included = List.copyOf(included);
    secrets = List.copyOf(secrets);
    tables = List.copyOf(tables);
    sentFiles = List.copyOf(sentFiles);
    variables = Map.copyOf(variables);
    warnings = List.copyOf(warnings);
  }
}
