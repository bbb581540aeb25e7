package io.lockstep.scenario.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.Loaded;
import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is probably not meant is told with its place; what is meant is not. */
class AdviceTest {
  /** The line before that of the first step. */
  private static final int FIRST_STEP = 7;

  private static final String CLOSED = "{executor: constant-vus, vus: 3, duration: 1s}";
  private static final String OPEN =
      "{executor: constant-arrival-rate, rate: 10, duration: 1s, max_vus: 30}";
  private static final String SHARED = "{executor: shared-iterations, vus: 3, iterations: 9}";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        // set, and never read
        "- set: {n: 1} => 1:16 UNUSED_VARIABLE nothing reads the variable `n`",
        "- request: {path: /, extract: {t: {json: $.t}}} => 1:39 UNUSED_VARIABLE nothing reads the variable `t`",
        "- set: {n: 1, m: n} => 1:22 UNUSED_VARIABLE nothing reads the variable `m`",
        "- set: {n: n} => 1:19 UNSET_VARIABLE the variable `n` may be null here",
        "- foreach: '[1, 2]', as: n, steps: [{log: x}] => ",
        // read, and not set on every way
        "- if: status == 200, then: [{set: {n: 1}}]; - log: '${n}' => 2:18 UNSET_VARIABLE the variable `n` may be null here: not every way to it sets it",
        "- if: status == 200, then: [{set: {n: 1}}], else: [{set: {n: 2}}]; - log: '${n}' => ",
        "- if: status == 200, then: [{set: {n: 1}}], else: [{stop: iteration}]; - log: '${n}' => ",
        "- choose: uniform, options: [{steps: [{set: {n: 1}}]}, {}]; - log: '${n}' => 2:18 UNSET_VARIABLE the variable `n` may be null",
        "- choose: uniform, options: [{steps: [{set: {n: 1}}]}, {steps: [{stop: vu}]}]; - log: '${n}' => ",
        "- switch: status, cases: {200: [{set: {n: 1}}]}; - log: '${n}' => 2:18 UNSET_VARIABLE the variable `n` may be null",
        "- switch: status, cases: {200: [{set: {n: 1}}]}, default: [{set: {n: 2}}]; - log: '${n}' => ",
        "- while: failed, max: 3, steps: [{set: {n: 1}}]; - log: '${n}' => 2:18 UNSET_VARIABLE the variable `n` may be null",
        "- while: true, max: 3, steps: [{set: {n: 1}}]; - log: '${n}' => ",
        "- repeat: 2, steps: [{set: {n: 1}}]; - log: '${n}' => ",
        "- repeat: 2, steps: [{log: '${n}'}, {set: {n: 1}}] => 1:38 UNSET_VARIABLE the variable `n` may be null",
        "- during: 2s, steps: [{set: {n: 1}}]; - log: '${n}' => ",
        "- retry: {times: 2, until: n == 1}, steps: [{set: {n: 1}}]; - log: '${n}' => ",
        "- group: g, steps: [{set: {n: 1}}]; - log: '${n}' => ",
        "- foreach: 'split(\"a\", \",\")', as: n, steps: [{log: '${n}'}]; - log: '${n}' => 2:18 UNSET_VARIABLE the variable `n` may be null",
        "- foreach: '[1, 2]', as: n, steps: [{log: '${n}'}]; - log: '${n}' => ",
        "- request: {path: '/${t}', extract: {t: {json: $.t}}} => 1:30 UNSET_VARIABLE the variable `t` may be null here",
        "- request: {path: /, extract: {t: {json: $.t}}, checks: [{expression: t != ''}]} => ",
        "- parallel: {max: 2}, requests: [{path: /, extract: {t: {json: $.t}}}, {path: '/${t}'}] => 1:90 UNSET_VARIABLE the variable `t` may be null",
        // asked for before it is read
        "- log: '${default(n, 0)}'; - set: {n: 1} => ",
        "- if: n == null, then: [{set: {n: 0}}]; - set: {n: n + 1} => ",
        "- if: n != null && n > 3, then: [{log: '${n}'}]; - set: {n: 1} => ",
        "- if: n == null || n < 3, then: [{set: {n: 4}}]; - log: '${n}' => ",
        "- log: '${n != null ? n : 0}'; - set: {n: 1} => ",
        "- if: '!n', then: [{set: {n: true}}]; - log: '${n}' => ",
        "- while: n, max: 3, steps: [{set: {n: false}}] => ",
        "- if: n > 3, then: [{log: '${n}'}]; - set: {n: 1} => 1:14 UNSET_VARIABLE the variable `n` may be null",
        // never done
        "- stop: iteration; - log: a; - log: b => 2:9 UNREACHABLE_STEP this is never done: the `stop` before it ends all",
        "- if: failed, then: [{stop: vu}], else: [{stop: test}]; - log: a => 2:9 UNREACHABLE_STEP this is never done: every way to it ends with a `stop`",
        "- if: 1 == 2, then: [{log: a}] => 1:29 UNREACHABLE_STEP this is never done: the condition is always false",
        "- if: true, then: [{log: a}], else: [{log: b}] => 1:45 UNREACHABLE_STEP this is never done: the condition is always true",
        "- while: false, max: 2, steps: [{log: a}] => 1:40 UNREACHABLE_STEP this is never done: the condition is always false",
        "- switch: 1 + 1, cases: {1: [{log: a}], 2: [{log: b}]}, default: [{log: c}] => 1:33 UNREACHABLE_STEP this is never done: the value is always \"2\"",
        "- switch: 'null', cases: {1: [{log: a}]} => 1:34 UNREACHABLE_STEP this is never done: the value is always null",
        "- choose: uniform, options: [{steps: [{stop: vu}]}, {steps: [{stop: vu}]}]; - log: a => 2:9 UNREACHABLE_STEP this is never done: every way",
        "- group: g, steps: [{stop: vu}]; - log: a => 2:9 UNREACHABLE_STEP this is never done: every way to it ends with a `stop`",
        "- if: failed, then: [{stop: vu}]; - log: a => ",
        "- if: region == 'eu', then: [{log: '${region}'}] => ",
        "- switch: region, cases: {us: [{log: a}]} => ",
        "- while: true, max: 2, steps: [{stop: vu}]; - log: a => 2:9 UNREACHABLE_STEP this is never done: every way",
      })
  void shouldTellOfAFlow(final String flow, final String expected) throws ScenarioException {
    final List<Diagnostic> found = warnings(flow, CLOSED);
    if (expected == null) {
      assertEquals(List.of(), found);
      return;
    }
    final Position position = found.get(0).position();
    final String told = position.line() - FIRST_STEP + ":" + position.column() + rest(found.get(0));
    assertTrue(told.startsWith(expected), told);
    found.forEach(one -> assertFalse(one.notes().isEmpty(), one.render()));
  }

  private static String told(final Diagnostic found) {
    return found.position().line() + ":" + found.position().column() + rest(found);
  }

  private static String rest(final Diagnostic found) {
    return " " + found.kind() + " " + found.message();
  }

  @Test
  void shouldKeepWhatLastingVusHaveSetFromStartToStop() throws ScenarioException {
    final String steps =
        "flow: [{think: 1s}, {log: '${s}'}, {set: {n: '1'}}]\n    start: [{set: {s: '2'}}]\n    stop: [{log: '${n} ${s}'}]";
    assertEquals(List.of(), warnings(file(CLOSED, steps)));
    final String late = "flow: [{think: 1s}, {log: '${n}'}]\n    stop: [{set: {n: '1'}}]";
    assertEquals(
        List.of("6:34 UNSET_VARIABLE the variable `n` is null here: nothing before it sets it"),
        warnings(file(CLOSED, late)).stream().map(AdviceTest::told).toList());
    final String next = "flow: [{think: 1s}, {log: '${n}'}, {set: {n: '1'}}]";
    final String may = "the variable `n` may be null here: not every way to it sets it";
    final String isNull = "the variable `n` is null here: nothing before it sets it";
    assertEquals(may, warnings(file(CLOSED, next)).get(0).message());
    assertEquals(isNull, warnings(file(OPEN, next)).get(0).message());
    assertEquals(isNull, warnings(file(SHARED, next)).get(0).message());
  }

  @Test
  void shouldTellEachVariableOnceAndAllAtOnce() throws ScenarioException {
    final String flow =
        "- log: '${a} ${b}'; - log: '${a} ${b}'; - set: {a: 1, b: 2, c: 3}; - stop: vu; - log: x";
    assertEquals(
        List.of(
            Diagnostic.Kind.UNSET_VARIABLE,
            Diagnostic.Kind.UNSET_VARIABLE,
            Diagnostic.Kind.UNUSED_VARIABLE,
            Diagnostic.Kind.UNREACHABLE_STEP),
        warnings(flow, CLOSED).stream().map(Diagnostic::kind).toList());
  }

  @Test
  void shouldTellOfDataSecretsAndConstantsThatNothingReads() throws ScenarioException {
    final String head =
        """
        name: t
        target: http://x
        variables: {region: eu, page: 3}
        secrets: {key: {env: K}, other: {env: O}, staged: {env: S}}
        data: {users: {rows: [{id: 1}]}, rest: {rows: [{id: 1}]}}
        headers: {A: '${secrets.key}', B: '${users.id}'}
        env: {staging: {headers: {C: '${secrets.staged}'}}}
        scenarios:
          s:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            think: 1s
            requests: [{path: '/${region}'}]
        """;
    assertEquals(
        List.of(
            "3:25 UNUSED_VARIABLE nothing reads the constant `page`",
            "4:26 UNUSED_SECRET no request has the secret `other` in it",
            "5:34 UNUSED_DATA nothing reads the data source `rest`"),
        warnings(head).stream().map(AdviceTest::told).toList());
    final String elsewhere = head + "simulate: {latency: 1ms, body: 'page, other, rest'}\n";
    assertEquals(List.of(), warnings(elsewhere));
  }

  @Test
  void shouldNotTellOfHeadersThatEveryRequestReplaces() throws ScenarioException {
    final String file =
        file(CLOSED, "think: 1s\n    requests: [{path: /, headers: {a: b}}]")
            + "secrets: {key: {env: K}}\nheaders: {A: '${secrets.key}'}\n";
    assertEquals(
        List.of(Diagnostic.Kind.UNUSED_SECRET),
        warnings(file).stream().map(Diagnostic::kind).toList());
  }

  @Test
  void shouldTellOfTheVuWhereEachIterationIsAUser() throws ScenarioException {
    final String steps = "flow: [{log: '${vu}'}, {if: vu > 1, then: [{think: 1s}]}, {think: 1s}]";
    assertEquals(List.of(), warnings(file(CLOSED, steps)));
    for (final String load : List.of(OPEN, SHARED)) {
      final List<Diagnostic> found = warnings(file(load, steps));
      assertEquals(
          List.of(Diagnostic.Kind.INCIDENTAL_VU, Diagnostic.Kind.INCIDENTAL_VU),
          found.stream().map(Diagnostic::kind).toList());
      assertEquals(21, found.get(0).position().column());
    }
  }

  @Test
  void shouldTellOfSharedStepsOnlyWhereNoScenarioReadsWhatTheySet() throws ScenarioException {
    final String one =
        """
        name: t
        target: http://x
        scenarios:
          a:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            flow:
              - &login {set: {n: 1, m: 2}}
              - think: 1s
          b:
            load: {executor: constant-vus, vus: 1, duration: 1s}
            flow:
              - *login
              - log: '${n}'
              - think: 1s
        """;
    assertEquals(
        List.of("7:29 UNUSED_VARIABLE nothing reads the variable `m`"),
        warnings(one).stream().map(AdviceTest::told).toList());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "executor: per-vu-iterations, vus: 1, iterations: 1 | 0",
        "executor: per-vu-iterations, vus: 9, iterations: 1 | 0",
        "executor: per-vu-iterations, vus: 1, iterations: 2 | 1",
        "executor: shared-iterations, vus: 1, iterations: 1 | 0",
        "executor: shared-iterations, vus: 2, iterations: 3 | 1",
        "executor: constant-vus, vus: 1, duration: 1s | 1",
      })
  void shouldAskForThinkTimeOnlyWhereSomethingFollows(final String load, final int warnings)
      throws ScenarioException {
    assertEquals(warnings, warnings(file("{" + load + "}", "requests: [{path: /}]")).size());
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '\0',
      value = {
        "executor: constant-arrival-rate, rate: 3, duration: 1s, max_vus: 9 | mode: unique | ",
        "executor: constant-arrival-rate, rate: 4, duration: 1s, max_vus: 9 | mode: unique | 4, and there are 3",
        "executor: constant-arrival-rate, rate: 7, duration: 500ms, max_vus: 9 | mode: unique | 4, and there are 3",
        "executor: constant-arrival-rate, rate: 9, duration: 1s, max_vus: 9, arrivals: poisson | mode: unique | ",
        "executor: constant-arrival-rate, rate: 99, duration: 1s, max_vus: 9, arrivals: poisson | mode: unique | 59, and",
        "executor: ramping-arrival-rate, start_rate: 0, max_vus: 9, stages: [{duration: 2s, target: 3}] | mode: unique | ",
        "executor: ramping-arrival-rate, start_rate: 0, max_vus: 9, stages: [{duration: 2s, target: 4}] | mode: unique | 4, and there are 3",
        "executor: shared-iterations, vus: 2, iterations: 4 | at_end: stop-vu | 4, and there are 3",
        "executor: ramping-vus, stages: [{duration: 1s, target: 4}] | per: vu, at_end: stop-vu | 4, and there are 3",
        "executor: ramping-vus, stages: [{duration: 1s, target: 4}] | at_end: stop-vu | ",
        "executor: constant-vus, vus: 4, duration: 1s | mode: random | ",
        "executor: constant-vus, vus: 3, duration: 1s | per: vu, mode: unique | ",
        "executor: externally-controlled, vus: 1, max_vus: 9, duration: 1s | per: vu, mode: unique | ",
      })
  void shouldTellOfRowsThatRunOutFromWhatThePlanKnows(
      final String load, final String feeder, final String expected) throws ScenarioException {
    final String file =
        file("{" + load + "}", "think: 0s\n    requests: [{path: '/${f.a}'}]")
            + "data: {f: {rows: [{a: 1}, {a: 2}, {a: 3}], "
            + feeder
            + "}}\n";
    final List<String> told =
        warnings(file).stream()
            .filter(one -> one.kind() == Diagnostic.Kind.ROWS_RUN_OUT)
            .map(one -> one.message().replaceFirst(".* wants ", ""))
            .toList();
    assertEquals(expected == null ? 0 : 1, told.size(), told.toString());
    if (expected != null) {
      assertEquals(expected, told.get(0).substring(0, expected.length()));
    }
  }

  @Test
  void shouldCountOnlyTheScenariosThatUseTheRows() throws ScenarioException {
    final String file =
        """
        name: t
        target: http://x
        data: {f: {rows: [{a: 1}, {a: 2}, {a: 3}], mode: unique, per: vu}}
        scenarios:
          a:
            load: {executor: constant-vus, vus: 9, duration: 1s}
            flow: [{think: 1s}]
          b:
            load: {executor: constant-vus, vus: 2, duration: 1s}
            flow: [{log: '${f.a}'}, {think: 1s}]
          c:
            load: {executor: constant-vus, vus: %d, duration: 1s}
            flow: [{log: '${f.a}'}, {think: 1s}]
        """;
    assertEquals(List.of(), warnings(file.formatted(1)));
    assertEquals(
        List.of(
            "the rows run out: scenario `c` wants 2, and there are 1 for it: 2 scenarios share 3"),
        warnings(file.formatted(2)).stream().map(Diagnostic::message).toList());
  }

  private static List<Diagnostic> warnings(final String flow, final String load)
      throws ScenarioException {
    final StringBuilder steps =
        new StringBuilder("pacing: {iterations_per_second: 1}\n    flow:\n");
    for (final String step : flow.split("; ", -1)) {
      steps.append("      - {").append(step.substring(2)).append("}\n");
    }
    final String constants = flow.contains("region") ? "variables: {region: eu}\n" : "";
    return warnings(file(load, steps.toString()) + constants);
  }

  private static String file(final String load, final String steps) {
    return "name: t\ntarget: http://x\nscenarios:\n  s:\n    load: "
        + load
        + "\n    "
        + steps
        + (steps.endsWith("\n") ? "" : "\n");
  }

  private static List<Diagnostic> warnings(final String text) throws ScenarioException {
    final Loaded loaded = ScenarioFile.load("t.yaml", text.getBytes(StandardCharsets.UTF_8));
    return loaded.warnings();
  }
}
