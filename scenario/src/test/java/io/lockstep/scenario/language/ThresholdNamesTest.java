package io.lockstep.scenario.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.diagnostic.Source;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.yaml.Budget;
import io.lockstep.scenario.yaml.DocumentReader;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a threshold can have, in every kind of step of a flow. */
class ThresholdNamesTest {
  private static final String FILE =
      """
      thresholds: {'%s': []}
      scenarios:
        shop:
          tags: {team: red}
          load: {executor: x, stages: [{duration: 30s, target: 50}]}
          start:
            - request: {name: start, path: /}
          stop:
            - request: {name: stop, path: /}
          flow:
            - request: {path: /plain, method: PUT, tags: {kind: a}, checks: [{name: no1, path: /}]}
            - group: login
              steps:
                - request: {name: grouped, path: /}
                - group: inner
                  steps: [{request: {name: inner request, path: /}}]
            - choose: weighted
              options: [{weight: 1, steps: [{request: {name: option, path: /}}]}]
            - if: status == 200
              then: [{request: {name: then, path: /}}]
              else: [{request: {name: else, path: /}}]
            - switch: region
              cases: {eu: [{request: {name: eu, path: /}}], group: [{request: {name: us, path: /}}]}
              default: [{request: {name: default, path: /}}]
            - repeat: 3
              steps: [{request: {name: repeated, path: /}}]
            - retry: {times: 3, group: no2}
              steps: [{request: {name: tried, path: /}}]
            - parallel: {max: 6}
              requests: [{name: parallel, path: /}]
            - set: {request: 'no3', group: 'no4', method: 'no5', path: no6}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request:start",
        "request:stop",
        "request:PUT /plain",
        "request:shop/PUT /plain",
        "request:grouped",
        "request:inner request",
        "request:option",
        "request:then",
        "request:else",
        "request:eu",
        "request:us",
        "request:default",
        "request:repeated",
        "request:tried",
        "request:parallel",
        "group:login",
        "group:::login",
        "group:::login::inner",
        "group:inner",
        "method:PUT",
        "team:red",
        "kind:a"
      })
  void shouldKnowNamesWhereverStepsAreNested(final String tag) {
    assertEquals(List.of(), said(tag));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request:no1",
        "request:GET /",
        "group:no2",
        "request:no3",
        "group:no4",
        "method:no5",
        "request:GET no6"
      })
  void shouldTakeNothingElseForAName(final String tag) {
    final String name = tag.substring(0, tag.indexOf(':'));
    final String value = tag.substring(tag.indexOf(':') + 1);
    assertEquals(List.of("no " + name + " is `" + value + "`"), said(tag));
  }

  private static List<String> said(final String tag) {
    final Diagnostics diagnostics =
        new Diagnostics(new Source("t.yaml", FILE.formatted("http_reqs{" + tag + "}")));
    final MapNode root = (MapNode) DocumentReader.read(diagnostics, new Budget()).orElseThrow();
    Thresholds.checkNames(root.get("thresholds"), root, new Reading(diagnostics));
    return diagnostics.sorted().stream().map(Diagnostic::message).collect(Collectors.toList());
  }
}
