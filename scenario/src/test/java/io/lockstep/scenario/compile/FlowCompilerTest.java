package io.lockstep.scenario.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.ScenarioException;
import io.lockstep.scenario.ScenarioFile;
import io.lockstep.scenario.plan.Choice;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Program;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Site;
import io.lockstep.scenario.plan.Think;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowCompilerTest {
  private static final String HEAD =
      """
      name: flows
      tick: 1ms
      target: http://h
      scenarios:
        s:
          load: {executor: constant-vus, vus: 3, duration: 1s}
      """;

  @Test
  void shouldCompileStepsOfEveryKind() {
    final Plan plan =
        plan(
            """
                flow:
                  - request: {name: a, path: /}
                  - think: {distribution: exponential, mean: 1s}
                  - group: g
                    steps:
                      - choose: round-robin
                        options:
                          - steps: [{request: {name: b, path: /}}]
                          - {}
                  - parallel: {max: 2}
                    requests: [{name: c, path: /}, {name: d, path: /}, {name: e, path: /}]
                  - rendezvous: {users: 2, timeout: 5ms}
                  - pace: 2s
                  - stop: vu
            """);
    assertEquals(
        Program.of(
            Program.REQUEST, 0, //
            Program.THINK, 0, //
            Program.GROUP, 0, //
            Program.ROUND_ROBIN, 0, //
            Program.REQUEST, 1, //
            Program.JUMP, 6, //
            Program.GROUP_END, 0, //
            Program.PARALLEL, 0, //
            Program.RENDEZVOUS, 0, //
            Program.PACE, 0, //
            Program.STOP, Program.VU, //
            Program.END, 0),
        plan.program());
    assertEquals(
        List.of(
            new Choice(
                Site.of("flow", "group g", "choose"), LongArray.of(1, 1), LongArray.of(4, 6))),
        plan.choices());
    assertEquals(
        new Flow(
            List.of(new Flow.ScenarioFlow(Flow.NONE, Flow.NONE, 7, 2, 6, 0)),
            List.of(new Flow.Group(0, "g", Flow.NONE, 1)),
            List.of(
                new Flow.Pace(
                    6, Site.of("flow", "pace"), new Distribution.Constant(2_000_000_000))),
            List.of(),
            List.of(),
            List.of(new Flow.Page(2, 3, 2, Flow.NONE, Flow.NONE, 2, 3)),
            List.of(new Flow.Meeting(2, 5, 4))),
        plan.flow());
    assertEquals(6, plan.lanes());
  }

  @Test
  void shouldDrawAnewInEachRoundOfALoop() {
    final Plan plan =
        plan(
            """
                flow:
                  - repeat: 4
                    steps:
                      - think: 1s
                      - think: {distribution: exponential, mean: 1s}
                  - during: 2s
                    steps:
                      - retry: {times: 3, backoff: {initial: 5ms, jitter: full}}
                        steps: [{request: {name: a, path: /}}]
            """);
    assertEquals(
        Program.of(
            Program.CLEAR, 0, //
            Program.THINK, 0, //
            Program.VISIT, 1, //
            Program.THINK, 1, //
            Program.REPEAT, 0, //
            Program.DURING, 1, //
            Program.CLEAR, 3, //
            Program.ATTEMPT, 3, //
            Program.VISIT, 4, //
            Program.REQUEST, 0, //
            Program.VISIT, 5, //
            Program.RETRY, 0, //
            Program.DURING_END, 1, //
            Program.END, 0),
        plan.program());
    assertEquals(
        List.of(new Flow.Loop(0, 4, 1), new Flow.Loop(2, 2_000_000_000L, 6)), plan.flow().loops());
    assertEquals(
        List.of(
            new Flow.Retry(
                3, 3, 5_000_000, 2, 30_000_000_000L, true, Site.of("flow", "during", "retry"), 7)),
        plan.flow().retries());
  }

  @Test
  void shouldCompileWhatAVuDoesAtItsStartAndAtItsEnd() {
    final Plan plan =
        plan(
            """
                think: 1s
                requests: [{name: a, path: /}]
                start: [{request: {name: b, path: /}}]
                stop: [{request: {name: c, path: /}}]
            """);
    assertEquals(new Flow.ScenarioFlow(3, 5, 0, 1, Flow.NONE, Flow.NONE), plan.flow().of(0));
    assertEquals(0, plan.scenarios().get(0).entry());
    assertEquals(List.of("a", "b", "c"), plan.requests().stream().map(RequestPlan::name).toList());
  }

  @Test
  void shouldNeedNothingButInstructionsForAFlowOfRequestsAndPauses() {
    final Plan plan = plan("    flow: [{request: {name: a, path: /}}, {think: 1s}]\n");
    assertTrue(plan.flow().isPlain());
  }

  @Test
  void shouldKeepTheSitesOfStepsWhenOthersAreAdded() {
    final String steps =
        """
              - think: {distribution: exponential, mean: 1s}
              - think: {distribution: exponential, mean: 2s}
                id: named
              - group: g
                steps: [{think: {distribution: exponential, mean: 3s}}]
        """;
    final Plan before = plan("    flow:\n" + steps);
    final Plan behindOthers =
        plan(
            "    flow:\n      - request: {name: new, path: /}\n"
                + "      - group: other\n        steps: [{think: 1s}]\n"
                + steps);
    assertEquals(before.thinks(), behindOthers.thinks().subList(1, 4), "of another kind or name");
    final Plan behindItsKind = plan("    flow:\n      - think: 9s\n" + steps);
    assertEquals(Site.of("flow", "think"), behindItsKind.thinks().get(0).site());
    assertEquals(Site.of("flow", "think #1"), behindItsKind.thinks().get(1).site());
    assertEquals(before.thinks().subList(1, 3), behindItsKind.thinks().subList(2, 4));
  }

  @Test
  void shouldGiveEachDrawingStepASiteOfItsOwn() {
    final Plan plan =
        plan(
            """
                flow:
                  - think: {distribution: exponential, mean: 1s}
                  - think: {distribution: exponential, mean: 1s}
                  - repeat: 2
                    steps: [{think: {distribution: exponential, mean: 1s}}]
                  - choose: uniform
                    options:
                      - steps: [{think: {distribution: exponential, mean: 1s}}]
                      - steps: [{think: {distribution: exponential, mean: 1s}}]
                start: [{think: {distribution: exponential, mean: 1s}}]
            """);
    assertEquals(6, plan.thinks().stream().map(Think::site).distinct().count());
  }

  @Test
  void shouldDigestEveryPartOfAFlow() {
    final String text =
        """
            flow:
              - group: g
                steps: [{request: {name: a, path: /}}]
              - choose: uniform
                options: [{steps: [{think: 1s}]}, {}]
              - repeat: 3
                steps: [{request: {name: b, path: /}}]
              - during: 3s
                steps: [{request: {name: c, path: /}}]
              - retry: {times: 2, backoff: {initial: 1s, factor: 3, max: 9s, jitter: none}}
                steps: [{request: {name: d, path: /}}]
              - parallel: {max: 1}
                requests: [{name: e, path: /}, {name: f, path: /}]
              - rendezvous: {users: 3, timeout: 4s}
              - pace: 5s
              - stop: test
        """;
    final String[][] changes = {
      {"group: g", "group: h"},
      {"choose: uniform", "choose: round-robin"},
      {"repeat: 3", "repeat: 4"},
      {"during: 3s", "during: 4s"},
      {"times: 2", "times: 3"},
      {"initial: 1s", "initial: 2s"},
      {"factor: 3", "factor: 4"},
      {"max: 9s", "max: 8s"},
      {"jitter: none", "jitter: full"},
      {"parallel: {max: 1}", "parallel: {max: 2}"},
      {"users: 3", "users: 2"},
      {"timeout: 4s", "timeout: 5s"},
      {"pace: 5s", "pace: 6s"},
      {"stop: test", "stop: vu"},
      {"flow:", "start: [{think: 1s}]\n    flow:"},
      {"flow:", "stop: [{think: 1s}]\n    flow:"},
    };
    final String digest = plan(text).digest();
    for (final String[] change : changes) {
      final String changed = text.replace(change[0], change[1]);
      assertNotEquals(text, changed, change[0]);
      assertNotEquals(digest, plan(changed).digest(), change[1]);
    }
  }

  private static Plan plan(final String scenario) {
    try {
      return ScenarioFile.parse("t.yaml", HEAD + scenario);
    } catch (final ScenarioException e) {
      throw new AssertionError(e.render(), e);
    }
  }
}
