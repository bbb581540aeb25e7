package io.lockstep.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Laws of reading. A failing one prints its seed, which alone makes the model and the damage. */
class ScenarioPropertyTest {
  /** A hang, not slowness, is what this finds: the machine may be busy. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * Pieces of the language and of both syntaxes, which make damage that gets past the first line.
   */
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    "\n  ",
    "- ",
    "&a ",
    "*a",
    "<<: *a",
    "!t ",
    "? ",
    "|",
    ">-",
    "'",
    "\"",
    "\\",
    "#",
    "%",
    "\t",
    "---\n",
    "...\n",
    "%YAML 9.9\n",
    "null",
    "~",
    "true",
    "-1",
    "0",
    "1e999999999",
    "99999999999999999999",
    ".inf",
    ".nan",
    "0x",
    "0b",
    "1:30",
    "10s",
    "1KiB",
    "\"\\U99999999\"",
    "\"\\uD800\"",
    "\"\\x0\"",
    "name",
    "vus",
    "executor",
    "load",
    "requests",
    "path",
    "simulate",
    "latency",
    "distribution",
    "\u0000",
    "\u0085",
    "\u2028",
    "\uFEFF",
    "😀",
    "é"
  };

  @Property(tries = 300)
  void anyValidModelPrintedAsYamlCompilesToItsPlan(@ForAll final long seed) {
    final LoadTest test = new ModelGenerator(seed).test();
    final String yaml = ModelPrinter.yaml(test);
    assertEquals(ModelGenerator.compile(test), parse("t.yaml", yaml));
  }

  @Property(tries = 200)
  void anyValidModelPrintedAsJsonCompilesToItsPlan(@ForAll final long seed) {
    final LoadTest test = new ModelGenerator(seed).test();
    final String json = ModelPrinter.json(test);
    assertEquals(ModelGenerator.compile(test), parse("t.json", json));
    assertEquals(ModelGenerator.compile(test), parse("t.yaml", json));
  }

  @Property(tries = 200)
  void seedAndTargetChangeNothingInTheDigest(@ForAll final long seed) {
    final LoadTest test = new ModelGenerator(seed).test();
    final LoadTest other =
        new LoadTest(
            test.name(),
            test.seed() + 1,
            test.tickNs(),
            Optional.empty(),
            test.timeoutNs(),
            test.headers(),
            test.connections(),
            test.feeders(),
            test.scenarios(),
            test.thresholds(),
            test.simulate(),
            test.secrets(),
            test.recording());
    assertEquals(ModelGenerator.compile(test).digest(), ModelGenerator.compile(other).digest());
  }

  @Property(tries = 200)
  void anyProgramMakesOneRequestOfItsScenarioByWeightThenThinksThenEnds(@ForAll final long seed) {
    final LoadTest test = new ModelGenerator(seed).test();
    final Plan plan = ModelGenerator.compile(test);
    for (int i = 0; i < test.scenarios().size(); i++) {
      final Scenario scenario = test.scenarios().get(i);
      if (scenario.requests().isEmpty()) {
        continue; // a flow, whose programs have a test of their own
      }
      final Map<String, Long> weightByRequest = new LinkedHashMap<>();
      final int entry = plan.scenarios().get(i).entry();
      if (plan.program().operation(entry) == Program.CHOOSE) {
        final Choice choice = plan.choices().get(plan.program().argument(entry));
        for (int j = 0; j < choice.targets().length(); j++) {
          final String walked = walk(plan, Math.toIntExact(choice.targets().get(j)), i);
          weightByRequest.put(walked, choice.weights().get(j));
        }
      } else {
        weightByRequest.put(walk(plan, entry, i), scenario.requests().get(0).weight());
      }
      assertEquals(expectedWalks(scenario), weightByRequest);
    }
  }

  private static Map<String, Long> expectedWalks(final Scenario scenario) {
    final boolean thinks =
        scenario.think().isPresent()
            && !scenario.think().get().equals(new Distribution.Constant(0));
    final String pause = thinks ? " " + scenario.think().get() : "";
    final Map<String, Long> weightByWalk = new LinkedHashMap<>();
    scenario.requests().forEach(r -> weightByWalk.put(r.name() + pause, r.weight()));
    return weightByWalk;
  }

  /** What an iteration does from a program counter to its end. */
  private static String walk(final Plan plan, final int from, final int scenario) {
    final StringBuilder walked = new StringBuilder();
    int pc = from;
    for (int steps = 0; steps < 5; steps++) {
      final int argument = plan.program().argument(pc);
      switch (plan.program().operation(pc)) {
        case Program.REQUEST -> {
          assertEquals(scenario, plan.requests().get(argument).scenario());
          walked.append(plan.requests().get(argument).name());
          pc++;
        }
        case Program.THINK -> {
          walked.append(' ').append(plan.thinks().get(argument).duration());
          pc++;
        }
        case Program.JUMP -> pc = argument;
        case Program.END -> {
          return walked.toString();
        }
        default -> throw new AssertionError("operation " + plan.program().operation(pc));
      }
    }
    throw new AssertionError("no end within five steps from " + from + ": " + plan.program());
  }

  @Property(tries = 1_500)
  void damagedBytesAreLoadedOrRefusedWithPlaces(@ForAll final long seed) {
    final Random random = new Random(seed);
    final LoadTest test = new ModelGenerator(seed).test();
    final boolean json = random.nextInt(4) == 0;
    final String text = json ? ModelPrinter.json(test) : ModelPrinter.yaml(test);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    final int damages = 1 + random.nextInt(6);
    for (int i = 0; i < damages; i++) {
      bytes = damaged(bytes, random);
    }
    mustEnd(json ? "t.json" : "t.yaml", bytes);
  }

  @Property(tries = 1_500)
  void arbitraryPiecesAreLoadedOrRefusedWithPlaces(@ForAll final long seed) {
    final Random random = new Random(seed);
    final StringBuilder text = new StringBuilder();
    final int pieces = random.nextInt(40);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    mustEnd(
        random.nextBoolean() ? "t.json" : "t.yaml",
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void arbitraryBytesAreLoadedOrRefusedWithPlaces(@ForAll final byte[] bytes) {
    mustEnd("t.yaml", bytes);
    mustEnd("t.json", bytes);
  }

  @Test
  void shouldEndWithFilesFullOfDistinctErrors() {
    final StringBuilder unknownKeys = new StringBuilder(Texts.GOOD);
    final StringBuilder unknownRequests =
        new StringBuilder("name: x\nscenarios:\n  a:\n    requests:\n");
    for (int i = 0; i < 5_000; i++) {
      unknownRequests
          .append("    - {path: /, name: ")
          .append("a".repeat(50))
          .append(i)
          .append("}\n");
    }
    unknownRequests.append("simulate:\n  requests:\n");
    for (int i = 0; i < 9_000; i++) {
      unknownRequests.append("    ").append("b".repeat(50)).append(i).append(": 1\n");
    }
    for (int i = 0; i < 100_000; i++) {
      unknownKeys.append("graceful_").append(i).append(": 1\n");
    }
    mustEnd("t.yaml", unknownKeys.toString().getBytes(StandardCharsets.UTF_8));
    mustEnd("t.yaml", unknownRequests.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] damaged(final byte[] bytes, final Random random) {
    final int at = random.nextInt(bytes.length + 1);
    final int to = Math.min(bytes.length, at + random.nextInt(12));
    final byte[] piece =
        switch (random.nextInt(5)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2 -> Arrays.copyOfRange(bytes, at, to);
          default -> PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
        };
    final int resume = random.nextBoolean() ? at : to;
    final byte[] result = Arrays.copyOf(bytes, at + piece.length + bytes.length - resume);
    System.arraycopy(piece, 0, result, at, piece.length);
    System.arraycopy(bytes, resume, result, at + piece.length, bytes.length - resume);
    return result;
  }

  /** Either a plan, or errors in order whose places exist; anything else thrown fails. */
  private static void mustEnd(final String name, final byte[] bytes) {
    assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            assertFalse(ScenarioFile.load(name, bytes).plan().digest().isEmpty());
          } catch (final ScenarioException e) {
            check(e, bytes);
          }
        });
  }

  private static void check(final ScenarioException e, final byte[] bytes) {
    final List<Diagnostic> found = e.diagnostics();
    assertTrue(found.stream().anyMatch(d -> d.kind().severity() == Diagnostic.Severity.ERROR));
    final String text = new String(bytes, StandardCharsets.UTF_8);
    final long lines = text.split("\r\n|\r|\n", -1).length;
    for (int i = 0; i < found.size(); i++) {
      final Diagnostic d = found.get(i);
      assertTrue(d.position().line() >= 1 && d.position().line() <= lines, d.render());
      assertTrue(d.position().column() >= 1, d.render());
      assertTrue(d.excerpt().caret() <= d.excerpt().text().length(), d.render());
      assertTrue(i == 0 || found.get(i - 1).position().compareTo(d.position()) <= 0, e.render());
    }
  }

  private static Plan parse(final String name, final String text) {
    try {
      return ScenarioFile.parse(name, text);
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render() + "\n" + text, e);
    }
  }
}
