package io.lockstep.scenario.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.plan.Plan;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several sources make one plan, and every mistake is reported where it was made. */
class DocumentLoaderTest {
  private static final String BASE =
      """
      name: base
      target: http://base
      headers: {A: "1", B: "2"}
      scenarios:
        browse:
          load: {executor: constant-vus, vus: 5, duration: 3s}
          think: 1s
          requests:
            - {name: home, path: /}
            - {name: item, path: /item, weight: 2}
      """;

  private final Map<String, String> files = new LinkedHashMap<>();

  private final IncludeFiles source =
      new IncludeFiles() {
        @Override
        public byte[] read(final String path, final int most) throws FileNotFoundException {
          if (!files.containsKey(path)) {
            throw new FileNotFoundException(path);
          }
          final byte[] bytes = files.get(path).getBytes(StandardCharsets.UTF_8);
          return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
        }

        @Override
        public String displayName(final String path) {
          return path;
        }
      };

  @Test
  void shouldMergeMapsDeepAndReplaceLists() throws Exception {
    files.put("base.yaml", BASE);
    final Loaded loaded =
        load(
            """
            include: [base.yaml]
            name: own
            headers: {B: "3", C: "4"}
            scenarios:
              browse: {load: {vus: 9}, requests: [{name: only, path: /only}]}
              other:
                load: {executor: constant-vus, vus: 1, duration: 1s}
                think: 1s
                requests: [{name: x, path: /x}]
            """);
    final Plan expected =
        ScenarioFile.parse(
            "t.yaml",
            """
            name: own
            target: http://base
            headers: {A: "1", B: "3", C: "4"}
            scenarios:
              browse:
                load: {executor: constant-vus, vus: 9, duration: 3s}
                think: 1s
                requests: [{name: only, path: /only}]
              other:
                load: {executor: constant-vus, vus: 1, duration: 1s}
                think: 1s
                requests: [{name: x, path: /x}]
            """);
    assertEquals(expected, loaded.plan());
    assertEquals(List.of(new Included("base.yaml", BASE)), loaded.included());
  }

  @Test
  void shouldLetLaterFilesWinAndResolvePathsFromTheIncludingFile() throws Exception {
    files.put("parts/base.yaml", "include: [deep/low.yaml]\nseed: 2\ntick: 2ms\n");
    files.put("parts/deep/low.yaml", "include: [../../top.yaml]\nseed: 1\ntick: 1ms\ntimeout: 1s");
    files.put("top.yaml", BASE);
    files.put("late.json", "{\"tick\": \"3ms\", \"target\": \"http://late\"}");
    final Plan plan = load("include: [parts/base.yaml, ./parts/../late.json]\nname: n").plan();
    assertEquals("n", plan.name());
    assertEquals(2, plan.seed());
    assertEquals(3_000_000, plan.tickNs());
    assertEquals("late", plan.target().host());
    assertEquals(334, plan.requests().get(0).timeoutTicks());
  }

  @Test
  void shouldIncludeAFileThatTwoOthersIncludeOnlyOnce() throws Exception {
    files.put("base.yaml", BASE);
    files.put("a.yaml", "include: [base.yaml]\nseed: 1");
    files.put("b.yaml", "include: [base.yaml]\nseed: 2");
    final Loaded loaded = load("include: [a.yaml, b.yaml]");
    assertEquals(2, loaded.plan().seed());
    assertEquals(
        List.of("a.yaml", "base.yaml", "b.yaml"),
        loaded.included().stream().map(Included::path).toList());
  }

  @Test
  void shouldTakeAwayAKeyByANullThatIsWritten() throws Exception {
    files.put("base.yaml", BASE);
    final Plan plan =
        load("include: [base.yaml]\nheaders: {A: null, B: ~}\nsimulate: {latency: 1ms}\ntarget: ~")
            .plan();
    assertEquals(null, plan.target());
    assertEquals(List.of(), plan.requests().get(0).headers());
    assertEquals(
        List.of("main.yaml:2:1: error: `headers` has no value"),
        refused("include: [base.yaml]\nheaders:\n"));
    assertEquals(
        List.of("main.yaml:2:1: error: `seed` has no value"),
        refused("include: [base.yaml]\nseed: null\n"));
  }

  @Test
  void shouldShareAnchorsOnlyWithinAFileAndMergeWhatTheyStandFor() throws Exception {
    files.put(
        "base.yaml",
        BASE
            + "  again: {requests: [&r {name: a, path: /a}], load: &l {executor: constant-vus,"
            + " vus: 1, duration: 1s}, think: 1s}\n  third: {requests: [*r], load: *l, think: 2s}\n");
    final Plan plan = load("include: [base.yaml]\nscenarios: {third: {load: {vus: 7}}}").plan();
    assertEquals(1, plan.scenarios().get(1).vus());
    assertEquals(7, plan.scenarios().get(2).vus());
    assertEquals(
        List.of("main.yaml:2:7: error: no value before this alias has the anchor `&r`"),
        refused("include: [base.yaml]\nseed: *r\n"));
  }

  @Test
  void shouldReportEveryMistakeInTheFileThatHasIt() {
    files.put("base.yaml", BASE.replace("vus: 5", "vus: 0").replace("think", "thnk"));
    files.put("seed.yaml", "\nseed: many\n");
    final ScenarioException e =
        assertThrows(
            ScenarioException.class, () -> load("include: [base.yaml, seed.yaml]\ntick: 5\n"));
    assertEquals(
        List.of(
            "main.yaml:2:7: error: a duration needs a unit, found `5`",
            "base.yaml:6:41: error: `0` is out of range",
            "base.yaml:7:5: error: a scenario has no key `thnk`",
            "seed.yaml:2:7: error: expected an integer of 64 bits, found the text `many`"),
        e.diagnostics().stream().map(Diagnostic::headline).toList());
    assertTrue(
        e.render()
            .contains("  7 |     thnk: 1s\n    |     ^\n    = allowed: load, start_time, after"),
        e.render());
  }

  @Test
  void shouldReportWhatIsMissingInTheMainFile() {
    files.put("base.yaml", "seed: 1\nscenarios: {a: {think: 1s}}\n");
    assertEquals(
        List.of(
            "main.yaml:1:1: error: a scenario file needs `target` or `simulate`",
            "main.yaml:1:1: error: a scenario file needs `name`",
            "base.yaml:2:16: error: a scenario needs `load`",
            "base.yaml:2:16: error: a scenario needs `requests` or `flow`"),
        refused("include: [base.yaml]\n"));
  }

  @Test
  void shouldReportOtherMistakesBesideAFileThatIsNotThere() {
    assertEquals(
        List.of(
            "main.yaml:1:11: error: there is no file `gone.yaml`",
            "main.yaml:2:7: error: expected an integer of 64 bits, found the text `x`"),
        refused("include: [gone.yaml]\nseed: x\n"));
  }

  @ParameterizedTest(name = "{0} is refused")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "include: gone.yaml|1:10: error: expected a list of files, found the text `gone.yaml`",
        "include: []|1:10: error: the list is empty, it needs at least one of its files",
        "include: ['']|1:11: error: `` is blank",
        "include: [\"a\\0b\"]|1:11: error: `a\uFFFDb` is not a path",
        "include: [main.yaml]|1:11: error: `main.yaml` is being read already:"
            + " files cannot include each other in a circle",
        "include: [./x/../main.yaml]|1:11: error: `./x/../main.yaml` is being read already:"
            + " files cannot include each other in a circle",
      })
  void shouldRefuseToInclude(final String text, final String expected) {
    assertEquals("main.yaml:" + expected, refused(text).get(0));
  }

  @Test
  void shouldNameACircleOfFiles() {
    files.put("a.yaml", "include: [b.yaml]");
    files.put("b.yaml", "include: [a.yaml]");
    final ScenarioException e =
        assertThrows(ScenarioException.class, () -> load("include: [a.yaml]\n"));
    assertTrue(e.render().contains("b.yaml:1:11: error: `a.yaml` is being read"), e.render());
    assertTrue(e.render().contains("= a.yaml -> b.yaml -> a.yaml"), e.render());
  }

  @Test
  void shouldLimitDepthNumberAndSizeOfFiles() {
    for (int i = 0; i < 20; i++) {
      files.put("d" + i + ".yaml", "include: [d" + (i + 1) + ".yaml]");
    }
    assertTrue(
        refused("include: [d0.yaml]")
            .contains("d15.yaml:1:11: error: files include each other more than 16 deep"));
    files.clear();
    files.put("s.yaml", "seed: 1");
    assertTrue(
        refused("include: [" + "s.yaml, ".repeat(99) + "a.yaml]\nname: a")
            .toString()
            .contains("there is no file `a.yaml`"));
    files.put("t.yaml", "include: [" + "s.yaml, ".repeat(98) + "s.yaml]\nname: a");
    assertTrue(
        refused("include: [t.yaml, s.yaml]")
            .contains("main.yaml:1:19: error: more than 100 files are included"));
    files.put("big.yaml", "#".repeat((8 << 20) + 1));
    assertEquals(
        List.of(
            "main.yaml:1:11: error: `big.yaml` is larger than 8388608 bytes, which is the limit"),
        refused("include: [big.yaml]"));
    final StringBuilder five = new StringBuilder("include: [");
    for (int i = 0; i < 5; i++) {
      files.put("c" + i + ".yaml", ("# " + "c".repeat(1000) + "\n").repeat(7_500) + "seed: 1");
      five.append("c").append(i).append(".yaml, ");
    }
    assertTrue(
        refused(five + "s.yaml]")
            .contains(
                "main.yaml:1:47: error: the files up to here have more than 33554432 characters"
                    + " together"));
  }

  @Test
  void shouldBoundWhatManyFilesStandForTogether() {
    final StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    files.put("one.yaml", bomb.toString());
    files.put("two.yaml", bomb.toString().replace("x,", "y,"));
    assertTrue(
        refused("include: [one.yaml, two.yaml]")
            .toString()
            .contains("two.yaml:9:15: error: the aliases up to here stand for more than 8388608"),
        () -> refused("include: [one.yaml, two.yaml]").toString());
    final StringBuilder wide = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      wide.append("k").append(i).append(": 1\n");
    }
    final StringBuilder all = new StringBuilder("include: [");
    files.put("w.yaml", wide.toString());
    files.put("v.yaml", wide.toString().replace("1\n", "2\n"));
    all.append("w.yaml, v.yaml, ".repeat(49)).append("w.yaml]");
    assertTrue(
        refused(all.toString()).get(0).contains("takes more than 4000000 steps"),
        () -> refused(all.toString()).get(0));
  }

  @Test
  void shouldBoundTheStepsOfTheLastMergeToo() {
    final StringBuilder wide = new StringBuilder();
    for (int i = 0; i < 41_000; i++) {
      wide.append("k").append(i).append(": 1\n");
    }
    files.put("w.yaml", wide.toString());
    files.put("v.yaml", wide.toString().replace("1\n", "2\n"));
    final String text = "include: [" + "w.yaml, v.yaml, ".repeat(24) + "w.yaml]\n" + wide;
    assertTrue(refused(text).get(0).contains("takes more than 4000000 steps"), "the 50th merge");
  }

  @Test
  void shouldLayTheChosenEnvironmentOverAllFiles() throws Exception {
    files.put("base.yaml", BASE + "env: {big: {scenarios: {browse: {load: {vus: 50}}}}}\n");
    final String text =
        """
        include: [base.yaml]
        env:
          big: {target: http://big, seed: 9}
          small: {scenarios: {browse: {load: {vus: 1}}}}
        """;
    assertEquals(5, load(text).plan().vus());
    final Plan big = load(text, "big").plan();
    assertEquals(50, big.vus());
    assertEquals("big", big.target().host());
    assertEquals(9, big.seed());
    assertEquals(1, load(text, "small").plan().vus());
  }

  @Test
  void shouldRefuseAnUnknownEnvironmentWithTheNearest() {
    final String text = BASE + "env: {staging: {seed: 1}, prod: {seed: 2}}\n";
    final ScenarioException e = assertThrows(ScenarioException.class, () -> load(text, "stagin"));
    assertEquals(
        """
        --env:1:1: error: there is no environment `stagin`
          1 | stagin
            | ^
            = allowed: staging, prod
            = did you mean `staging`?
        """,
        e.render());
    assertEquals(
        List.of("--env:1:1: error: there is no environment `x`: the file has no `env`"),
        headlines(assertThrows(ScenarioException.class, () -> load(BASE, "x"))));
  }

  @Test
  void shouldCheckEnvironmentsThatWereNotChosenButMissNothingInThem() {
    final String text =
        BASE
            + """
            env:
              a: {connections: {size: 3}, scenarios: {new: {load: {vus: 3}}}, target: null}
              b: {sed: 1, scenarios: {browse: {load: {vus: many}}}}
              c: {scenarios: {browse: {requests: [{name: x}]}}}
              d: 5
              e: {include: [x.yaml]}
            """;
    assertEquals(
        List.of(
            "main.yaml:12:43: error: there is no scenario `new`",
            "main.yaml:13:7: error: an environment has no key `sed`",
            "main.yaml:13:48: error: expected a number of VUs from 1 to 100000000, found the text"
                + " `many`",
            "main.yaml:14:39: error: a request needs `path`",
            "main.yaml:15:6: error: expected an environment, found the number `5`",
            "main.yaml:16:7: error: an environment has no key `include`"),
        refused(text));
  }

  @ParameterizedTest(name = "--set {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "seed=7|seed: 7",
        "name=a.json|name: a.json",
        "scenarios.browse.load.vus=8|scenarios: {browse: {load: {vus: 8}}}",
        "scenarios.\"browse\".think=2s|scenarios: {browse: {think: 2s}}",
        "headers={D: \"5\"}|headers: {A: null, B: null, D: \"5\"}",
        "headers.\"X.Y\"=a=b|headers: {X.Y: a=b}",
        "simulate.latency=1ms|simulate: {latency: 1ms}",
        "connections={\"mode\": \"shared\", \"size\": 3}|connections: {mode: shared, size: 3}",
        "headers.A=null|headers: {A: ~}",
        "scenarios.browse.requests[1].weight=5|scenarios: {browse: {requests: [{name: home, path:"
            + " /}, {name: item, path: /item, weight: 5}]}}",
        "scenarios.browse.requests=[{path: /x}]|scenarios: {browse: {requests: [{path: /x}]}}",
        "name='é 😀'|name: é 😀",
      })
  void shouldSetAValueAsAnIncludingFileWould(final String assignment, final String overlay)
      throws Exception {
    files.put("base.yaml", BASE);
    final Plan expected = load("include: [base.yaml]\n" + overlay).plan();
    assertEquals(expected, load(BASE, Optional.empty(), assignment).plan());
  }

  @Test
  void shouldSetValuesInOrderAndOverTheEnvironment() throws Exception {
    final String text = BASE + "env: {e: {seed: 3, tick: 3ms}}\n";
    final Plan plan = load(text, Optional.of("e"), "seed=4", "tick=1ms", "seed=5").plan();
    assertEquals(5, plan.seed());
    assertEquals(1_000_000, plan.tickNs());
  }

  @ParameterizedTest(name = "--set {0} is refused")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "seed|5|there is no `=`",
        "=5|1|a key is expected here",
        "a..b=5|3|a key is expected here",
        "a b]=5|4|expected `.`, `[` or `=` here",
        "seed=|6|there is no value",
        "seed=# x|6|there is no value",
        "seed=[1|8|not YAML: expected ',' or ']', but got <stream end>"
            + " (while parsing a flow sequence)",
        "seed=x|6|expected an integer of 64 bits, found the text `x`",
        "\"seed=x|1|the quote is not closed",
        "seed.x=1|6|`seed` is the number `1`, not a map",
        "name.x=1|6|`name` is the text `base`, not a map",
        "scenarios[0]=1|11|`scenarios` is a map, not a list",
        "scenarios.browse.requests[2].weight=1|27|there is no item [2]: `requests` has 2",
        "scenarios.browse.requests[x]=1|27|expected an index such as [0]",
        "scenarios.browse.requests[99999999999]=1|27|expected an index such as [0]",
        "sed=7|1|a scenario file has no key `sed`",
        "scenarios.browse.load.vus=0|27|`0` is out of range",
        "include=[x]|1|`include` cannot be set: it is used up before",
        "env.x=1|1|`env` cannot be set: it is used up before",
      })
  void shouldRefuseAnAssignmentAtItsPlace(
      final String assignment, final int column, final String message) {
    final ScenarioException e =
        assertThrows(
            ScenarioException.class, () -> load(BASE + "seed: 1\n", Optional.empty(), assignment));
    assertEquals(
        "--set " + assignment + ":1:" + column + ": error: " + message, headlines(e).get(0));
  }

  @Test
  void shouldFindSecretsFromTheFileThatDeclaresThem() throws Exception {
    files.put("parts/base.yaml", BASE + "secrets: {key: {file: key.txt}}\n");
    final Loaded loaded =
        load("include: [parts/base.yaml]\nsecrets: {token: {env: T}, two: {file: b/../two.txt}}");
    assertEquals(
        List.of(
            new Secret("key", new Secret.File("parts/key.txt")),
            new Secret("token", new Secret.Environment("T")),
            new Secret("two", new Secret.File("two.txt"))),
        loaded.secrets());
    assertEquals(List.of("key", "token", "two"), loaded.plan().secrets());
  }

  private Loaded load(final String text) throws ScenarioException {
    return load(text, Optional.empty());
  }

  private Loaded load(final String text, final String environment) throws ScenarioException {
    return load(text, Optional.of(environment));
  }

  private Loaded load(
      final String text, final Optional<String> environment, final String... assignments)
      throws ScenarioException {
    return ScenarioFile.load(
        "main.yaml",
        text.getBytes(StandardCharsets.UTF_8),
        new LoadOptions(environment, List.of(assignments)),
        source,
        DataLocator.beside(Path.of("main.yaml")));
  }

  private List<String> refused(final String text) {
    return headlines(assertThrows(ScenarioException.class, () -> load(text)));
  }

  private static List<String> headlines(final ScenarioException e) {
    return e.diagnostics().stream().map(Diagnostic::headline).toList();
  }
}
