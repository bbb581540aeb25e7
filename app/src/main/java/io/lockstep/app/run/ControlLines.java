package io.lockstep.app.run;

import io.lockstep.engine.core.agent.Runner;
import io.lockstep.engine.core.machine.LoadChange;
import io.lockstep.engine.core.machine.OperatorCommand;
import io.lockstep.scenario.diagnostic.NearestName;
import io.lockstep.scenario.plan.Load;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.ScenarioPlan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes changes of loads of lines such as {@code browse rate=50 vus=20}. A line is obeyed whole or
 * not at all; what comes of each is said with its number. Blank lines, and what follows a {@code
 * #}, mean nothing. One thread at a time.
 */
final class ControlLines {
  private static final int MAX_BYTES = 1_000;
  private static final String RATE = "rate";
  private static final String VUS = "vus";
  private static final String FORM = "expected SCENARIO rate=N, SCENARIO vus=N, or both";

  private final String name;
  private final List<ScenarioPlan> scenarios;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Runner runner;
  private Consumer<String> messages;
  private BooleanSupplier pause;
  private long number = 1;

  /**
   * @param name of the file, for messages
   */
  ControlLines(final String name, final Plan plan) {
    this.name = name;
    scenarios = plan.scenarios().stream().filter(s -> s.load() instanceof Load.Controlled).toList();
  }

  /** Whether there is anything to change. */
  boolean hasScenarios() {
    return !scenarios.isEmpty();
  }

  /**
   * Whom to change, and whom to tell.
   *
   * @param newPause waits a little; false if the run is over
   */
  void attach(
      final Runner newRunner, final Consumer<String> newMessages, final BooleanSupplier newPause) {
    runner = newRunner;
    messages = newMessages;
    pause = newPause;
  }

  /** What has come, of which the last line may not be whole. */
  void take(final byte[] bytes, final int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != '\n') {
        if (line.size() <= MAX_BYTES) {
          line.write(bytes[i]);
        }
      } else {
        obey();
        line.reset();
        number++;
      }
    }
  }

  /** Nothing more comes. */
  void end() {
    if (line.size() > 0) {
      say("not obeyed: the line has no end");
      line.reset();
    }
  }

  private void obey() {
    final String text = line.toString(StandardCharsets.UTF_8).replaceFirst("#.*", "").strip();
    if (line.size() > MAX_BYTES) {
      say("is longer than " + MAX_BYTES + " bytes; " + FORM);
    } else if (!text.isEmpty()) {
      try {
        final List<LoadChange> changes = changes(text.split("\\s+"));
        changes.forEach(runner::check);
        if (changes.stream().allMatch(this::isTaken)) {
          say(text);
        }
      } catch (final IllegalArgumentException e) {
        say(e.getMessage());
      }
    }
  }

  /** Offers a change until there is room for it; false if the run ended before. */
  private boolean isTaken(final LoadChange change) {
    boolean taken = runner.change(change);
    while (!taken && pause.getAsBoolean()) {
      taken = runner.change(change);
    }
    return taken;
  }

  private List<LoadChange> changes(final String[] words) {
    final ScenarioPlan scenario = scenario(words[0]);
    if (words.length == 1) {
      throw new IllegalArgumentException("nothing is to be changed; " + FORM);
    }
    final List<LoadChange> changes = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      final LoadChange change = change(scenario, words[i]);
      if (changes.stream().anyMatch(other -> other.command() == change.command())) {
        throw new IllegalArgumentException("'" + shown(words[i]) + "' is the second of its kind");
      }
      changes.add(change);
    }
    return changes;
  }

  private ScenarioPlan scenario(final String word) {
    return scenarios.stream()
        .filter(scenario -> scenario.name().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(word)));
  }

  private String unknown(final String word) {
    final List<String> names = scenarios.stream().map(ScenarioPlan::name).toList();
    return "no externally controlled scenario is named '"
        + shown(word)
        + "'"
        + NearestName.of(word, names)
            .map(nearest -> "; did you mean '" + nearest + "'?")
            .orElse("; there is " + String.join(", ", names));
  }

  private static LoadChange change(final ScenarioPlan scenario, final String word) {
    final int equals = word.indexOf('=');
    final String key = equals < 0 ? word : word.substring(0, equals);
    final String value = word.substring(equals + 1);
    if (equals < 0 || !(key.equals(RATE) || key.equals(VUS))) {
      throw new IllegalArgumentException("'" + shown(word) + "' is no change; " + FORM);
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "'" + shown(value) + "' is no whole number from 0 on; " + FORM);
    }
    return new LoadChange(
        key.equals(RATE) ? OperatorCommand.SET_RATE : OperatorCommand.SET_VUS,
        scenario.index(),
        Long.parseLong(value));
  }

  /** Nothing that a terminal would obey. */
  private static String shown(final String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  private void say(final String message) {
    messages.accept(name + ":" + number + ": " + shown(message));
  }
}
