package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.Names;
import io.lockstep.scenario.language.QueryChecks;
import io.lockstep.scenario.language.ReadableParts;
import io.lockstep.scenario.language.ReadableParts.Part;
import io.lockstep.scenario.plan.QueryLanguage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of a part of a file that has errors elsewhere. A name that those errors may hide counts
 * as known; numbers mean nothing here, as nothing is run.
 */
final class PartialNames implements Names {
  private final File file;
  private final Part part;
  private boolean unsure;

  /**
   * Names that all parts know; those that cannot be known are empty.
   *
   * @param setup {@code null} where there is none
   */
  record File(
      Optional<List<String>> feeders,
      Map<String, List<String>> columnsByFeeder,
      Optional<List<String>> secrets,
      Optional<Set<String>> constantNames,
      Map<String, Object> constants,
      Environment environment,
      Part setup) {
    static File of(
        final ReadableParts parts,
        final Map<String, List<String>> columnsByFeeder,
        final Environment environment,
        final Part setup) {
      return new File(
          parts.feederNames().map(List::copyOf),
          columnsByFeeder,
          parts.secretNames().map(List::copyOf),
          parts.constantNames(),
          parts.constants().orElse(Map.of()),
          environment,
          setup);
    }
  }

  PartialNames(final File file, final Part part) {
    this.file = file;
    this.part = part;
  }

  /** Whether a name was taken for known that need not be. */
  boolean isUnsure() {
    return unsure;
  }

  private int unsure() {
    unsure = true;
    return 0;
  }

  @Override
  public int variable(final String name) {
    if (part.variables().contains(name)) {
      return 0;
    }
    if (file.constants.containsKey(name)) {
      return NONE; // a constant, which is asked for next
    }
    final boolean hidden =
        file.constantNames.isEmpty()
            || file.constantNames.get().contains(name)
            || part.perhaps().contains(name);
    return hidden ? unsure() : NONE;
  }

  @Override
  public Collection<String> variables() {
    return part.variables().stream().sorted().toList();
  }

  @Override
  public Optional<Object> constant(final String name) {
    return Optional.ofNullable(file.constants.get(name));
  }

  @Override
  public Collection<String> constants() {
    return file.constants.keySet();
  }

  @Override
  public int feeder(final String name) {
    return file.feeders.map(all -> all.indexOf(name)).orElseGet(this::unsure);
  }

  @Override
  public Collection<String> feeders() {
    return file.feeders.orElse(List.of());
  }

  @Override
  public int column(final int feeder, final String name) {
    return known(feeder).map(columns -> columns.indexOf(name)).orElseGet(this::unsure);
  }

  @Override
  public Collection<String> columns(final int feeder) {
    return known(feeder).orElse(List.of());
  }

  private Optional<List<String>> known(final int feeder) {
    return file.feeders.map(all -> file.columnsByFeeder.get(all.get(feeder)));
  }

  @Override
  public int secret(final String name) {
    return file.secrets.map(all -> all.indexOf(name)).orElseGet(this::unsure);
  }

  @Override
  public Collection<String> secrets() {
    return file.secrets.orElse(List.of());
  }

  @Override
  public boolean hasSetup() {
    return part.afterSetup();
  }

  @Override
  public List<String> setupValues() {
    final List<String> values = new ArrayList<>(file.setup.variables());
    values.sort(null);
    if (!file.setup.perhaps().isEmpty()) {
      unsure = true;
      values.addAll(file.setup.perhaps());
    }
    return values;
  }

  @Override
  public Optional<String> environment(final String name) {
    return file.environment.get(name);
  }

  @Override
  public Collection<String> environmentNames() {
    return file.environment.names();
  }

  @Override
  public Optional<String> jsonFault(final String path) {
    return QueryChecks.fault(QueryLanguage.JSON_PATH, path)
        .map(clause -> "is not " + QueryLanguage.JSON_PATH.words() + ": " + clause);
  }

  @Override
  public int counter(final String name) {
    return 0;
  }

  @Override
  public int header(final String name) {
    return 0;
  }

  @Override
  public int json(final String path) {
    return 0;
  }
}
