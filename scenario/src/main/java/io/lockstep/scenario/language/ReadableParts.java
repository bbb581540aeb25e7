package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.read.Finds;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is right by itself in a tree with errors, so that it can be checked with them. It is read
 * again for that; what is wrong was reported before and is not reported here.
 */
public final class ReadableParts {
  private static final Set<String> SETTING = Set.of("extract", "set");
  private static final String ITEM = "as";

  private final MapNode root;
  private final Reading in;

  /**
   * A scenario, the setup or the teardown.
   *
   * @param expressions of it and of what the file adds to its requests
   * @param variables that it sets
   * @param perhaps other names in it which may be meant to be variables; empty where all is known
   * @param afterSetup whether it may look at what the setup has left
   * @param once those of the expressions that its VUs do not come to in iterations
   * @param phase its name where it is the setup or the teardown, else empty
   * @param place what messages call it
   */
  public record Part(
      List<Finds> expressions,
      Set<String> variables,
      Set<String> perhaps,
      boolean afterSetup,
      Finds once,
      String phase,
      String place) {
    public Part {
      expressions = List.copyOf(expressions);
      variables = Set.copyOf(variables);
      perhaps = Set.copyOf(perhaps);
    }
  }

  private ReadableParts(final MapNode root, final Reading in) {
    this.root = root;
    this.in = in;
  }

  /** The parts of a tree; none where it is no map. */
  public static Optional<ReadableParts> of(final Node root, final Diagnostics diagnostics) {
    return root instanceof MapNode map
        ? Optional.of(new ReadableParts(map, new Reading(diagnostics)))
        : Optional.empty();
  }

  /** Feeders that are right. */
  public List<Feeder> feeders() {
    final List<Feeder> feeders = new ArrayList<>();
    if (root.get(TestLanguage.DATA.name()) instanceof MapNode map) {
      for (final MapNode.Entry entry : map.entries()) {
        final Feeders.Body body = Feeders.BODY.read(entry.value(), in.finding(new Finds()));
        if (body != null) {
          feeders.add(body.named(entry.key()));
        }
      }
    }
    return feeders;
  }

  /** What the file says of TLS, where that is right. */
  public Optional<Tls> tls() {
    return read(TestLanguage.TLS);
  }

  /** What is recorded; empty where that is wrong. */
  public Optional<Recording> recording() {
    return root.get(TestLanguage.RECORD.name()) == null
        ? Optional.of(Recording.DEFAULT)
        : read(TestLanguage.RECORD);
  }

  /** Where the file says which bodies are recorded; only of a file that says so. */
  public int recordingOffset() {
    return Recordings.bodiesOffset(root.get(TestLanguage.RECORD.name()));
  }

  /** The file's constants; empty where one of them is wrong. */
  public Optional<Map<String, Object>> constants() {
    return root.get(Variables.KEY.name()) == null ? Optional.of(Map.of()) : read(Variables.KEY);
  }

  /** Names of all feeders, right or wrong; empty where they cannot be known. */
  public Optional<Set<String>> feederNames() {
    return names(TestLanguage.DATA);
  }

  /** Names of all secrets, right or wrong; empty where they cannot be known. */
  public Optional<Set<String>> secretNames() {
    return names(TestLanguage.SECRETS);
  }

  /** Names of all constants, right or wrong; empty where they cannot be known. */
  public Optional<Set<String>> constantNames() {
    return names(Variables.KEY);
  }

  private Optional<Set<String>> names(final Key<?> key) {
    final Node node = root.get(key.name());
    return node == null
        ? Optional.of(Set.of())
        : node instanceof MapNode map ? Optional.of(keys(map)) : Optional.empty();
  }

  private <T> Optional<T> read(final Key<T> key) {
    return Optional.ofNullable(root.get(key.name()))
        .map(node -> key.type().read(node, in.finding(new Finds())));
  }

  private static Set<String> keys(final MapNode map) {
    final Set<String> keys = new LinkedHashSet<>();
    map.entries().forEach(entry -> keys.add(entry.key()));
    return keys;
  }

  /** The setup, if any. */
  public Optional<Part> setup() {
    return Optional.ofNullable(root.get(Phases.SETUP))
        .map(steps -> phase(steps, Phases.SETUP, false));
  }

  /** Whatever comes after the setup: the scenarios and the teardown. */
  public List<Part> others() {
    final boolean afterSetup = root.get(Phases.SETUP) != null;
    final List<Part> parts = new ArrayList<>();
    if (root.get(Scenarios.KEY_NAME) instanceof MapNode scenarios) {
      final Finds added = added();
      for (final MapNode.Entry entry : scenarios.entries()) {
        parts.add(scenario(entry, added, afterSetup));
      }
    }
    Optional.ofNullable(root.get(Phases.TEARDOWN))
        .ifPresent(steps -> parts.add(phase(steps, Phases.TEARDOWN, afterSetup)));
    return parts;
  }

  /** What the file says of all requests. */
  private Finds added() {
    final Finds finds = new Finds();
    for (final Key<?> key :
        List.of(TestLanguage.HEADERS, Authentication.AUTH, Authentication.TRACEPARENT)) {
      final Node node = root.get(key.name());
      if (node != null) {
        key.type().read(node, in.finding(finds));
      }
    }
    return finds;
  }

  private Part phase(final Node steps, final String name, final boolean afterSetup) {
    return part(steps, Steps.LIST, List.of(), afterSetup, new Finds(), name, "`" + name + "`");
  }

  private Part scenario(final MapNode.Entry entry, final Finds added, final boolean afterSetup) {
    final Finds once = new Finds();
    if (entry.value() instanceof MapNode scenario) {
      for (final Key<?> key : Scenarios.ONCE) {
        final Node steps = scenario.get(key.name());
        if (steps != null) {
          key.type().read(steps, in.finding(once));
        }
      }
    }
    return part(
        entry.value(),
        Scenarios.BODY,
        List.of(added),
        afterSetup,
        once,
        "",
        "scenario `" + entry.key() + "`");
  }

  private Part part(
      final Node node,
      final Type<?> type,
      final List<Finds> added,
      final boolean afterSetup,
      final Finds once,
      final String phase,
      final String place) {
    final Finds finds = new Finds();
    type.read(node, in.finding(finds));
    final Map<String, Boolean> setByName = new LinkedHashMap<>();
    final boolean clear = addNames(node, false, setByName) && !finds.isLost();
    final Set<String> variables = new LinkedHashSet<>();
    setByName.forEach(
        (name, set) -> {
          if (set) {
            variables.add(name);
          }
        });
    final List<Finds> expressions = new ArrayList<>(added);
    expressions.add(finds);
    return new Part(
        expressions,
        variables,
        clear ? Set.of() : setByName.keySet(),
        afterSetup,
        once,
        phase,
        place);
  }

  /** Adds all keys, and whether they are variables; returns whether those are all. */
  private static boolean addNames(
      final Node node, final boolean setting, final Map<String, Boolean> setByName) {
    boolean clear = !setting || node instanceof MapNode;
    if (node instanceof ListNode list) {
      for (final Node item : list.items()) {
        clear &= addNames(item, false, setByName);
      }
    } else if (node instanceof MapNode map) {
      for (final MapNode.Entry entry : map.entries()) {
        setByName.merge(entry.key(), setting, Boolean::logicalOr);
        if (entry.key().equals(ITEM) && entry.value() instanceof ScalarNode name) {
          setByName.put(name.text(), true);
        }
        clear &= addNames(entry.value(), !setting && SETTING.contains(entry.key()), setByName);
      }
    }
    return clear;
  }
}
