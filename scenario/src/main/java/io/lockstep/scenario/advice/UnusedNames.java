package io.lockstep.scenario.advice;

import io.lockstep.scenario.diagnostic.Diagnostic.Kind;
import io.lockstep.scenario.diagnostic.NearestName;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.Flow;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.metric.CustomMetric;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Warns of names that nothing reads. Those of included files are for others too, and those whose
 * word stands in an environment or another part of the file that is not followed may be read there;
 * both are passed over.
 */
final class UnusedNames {
  /** The parts of a file whose expressions are looked at, that declare names, or have neither. */
  private static final Set<String> FOLLOWED =
      Set.of(
          "name",
          "target",
          "scenarios",
          "headers",
          "auth",
          Phases.SETUP,
          Phases.TEARDOWN,
          FileNodes.VARIABLES,
          FileNodes.DATA,
          FileNodes.SECRETS);

  private static final String METRICS = "metrics";

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final LoadTest test;
  private final MapNode root;
  private final Usage usage;
  private final Reading in;
  private final Set<String> elsewhere = new HashSet<>();

  UnusedNames(
      final LoadTest test,
      final MapNode root,
      final Optional<Node> environments,
      final Usage usage,
      final Reading in) {
    this.test = test;
    this.root = root;
    this.usage = usage;
    this.in = in;
    environments.ifPresent(this::addWords);
    for (final MapNode.Entry part : root.entries()) {
      if (!FOLLOWED.contains(part.key())) {
        addWords(part.value());
      }
    }
  }

  private void addWords(final Node node) {
    if (node instanceof MapNode map) {
      map.entries().forEach(entry -> addWords(entry.value()));
    } else if (node instanceof ListNode list) {
      list.items().forEach(this::addWords);
    } else if (node instanceof ScalarNode scalar) {
      final Matcher words = WORD.matcher(scalar.text());
      while (words.find()) {
        elsewhere.add(words.group());
      }
    }
  }

  void report() {
    usage
        .unusedByOffset()
        .forEach(
            (offset, name) -> {
              if (!elsewhere.contains(name)) {
                in.warn(
                    Kind.UNUSED_VARIABLE,
                    offset,
                    "nothing reads the variable `" + name + "`",
                    "leave it out; to look whether a response has something, write a check");
              }
            });
    for (final String constant : test.variables().keySet()) {
      report(
          Kind.UNUSED_VARIABLE,
          usage.usesConstant(constant),
          FileNodes.VARIABLES,
          constant,
          "nothing reads the constant `" + constant + "`",
          "leave it out, or put `${" + constant + "}` where its value belongs");
    }
    final Set<String> measured = new HashSet<>();
    for (final Scenario scenario : test.scenarios()) {
      final Flow flow = scenario.flow();
      List.of(flow.start(), flow.steps(), flow.stop())
          .forEach(steps -> addMeasured(steps, measured));
    }
    for (final CustomMetric metric : test.metrics()) {
      report(
          Kind.UNUSED_METRIC,
          measured.contains(metric.key()),
          METRICS,
          metric.key(),
          "no step measures `" + metric.key() + "`",
          "leave it out, or add a step to a flow: `- measure: {" + metric.key() + ": …}`");
    }
    for (final Feeder feeder : test.feeders()) {
      report(
          Kind.UNUSED_DATA,
          usage.usesFeeder(feeder.name()),
          FileNodes.DATA,
          feeder.name(),
          "nothing reads the data source `" + feeder.name() + "`",
          "leave it out, or put `${" + feeder.name() + ".column}` where a value belongs");
    }
    for (final Secret secret : test.secrets()) {
      report(
          Kind.UNUSED_SECRET,
          usage.usesSecret(secret.name()) || isClients(secret.name()),
          FileNodes.SECRETS,
          secret.name(),
          "no request has the secret `" + secret.name() + "` in it",
          "leave it out: a run looks for its value, and stops where it finds none");
    }
  }

  /** Whether a token is asked for with a secret. */
  private boolean isClients(final String secret) {
    return test.secrets().stream()
        .anyMatch(
            other ->
                other.origin() instanceof Secret.Token token
                    && token.clientSecret().equals(secret));
  }

  private static void addMeasured(final List<Step> steps, final Set<String> names) {
    for (final Step step : steps) {
      if (step instanceof Step.Measure measure) {
        names.addAll(measure.values().keySet());
      }
      step.nested().forEach(nested -> addMeasured(nested, names));
    }
  }

  /** Another name of the section that the command line may have meant. */
  private Stream<String> meant(final String section, final String name) {
    final List<String> others =
        FileNodes.map(root, section).entries().stream()
            .map(MapNode.Entry::key)
            .filter(other -> !other.equals(name))
            .toList();
    return NearestName.of(name, others).map(other -> "did you mean `" + other + "`?").stream();
  }

  private void report(
      final Kind kind,
      final boolean used,
      final String section,
      final String name,
      final String message,
      final String advice) {
    final int offset = FileNodes.keyOffset(FileNodes.map(root, section), name);
    if (used || elsewhere.contains(name)) {
      return;
    }
    if (in.isSet(offset)) {
      in.warn(
          kind,
          offset,
          message,
          Stream.concat(meant(section, name), Stream.of(advice)).toArray(String[]::new));
    } else if (in.isInMainFile(offset)) {
      in.warn(kind, offset, message, advice);
    }
  }
}
