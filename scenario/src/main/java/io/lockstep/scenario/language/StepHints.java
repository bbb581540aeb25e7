package io.lockstep.scenario.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What to write for steps that other tools have. */
final class StepHints {
  static final Map<String, String> BY_KEY = byKey();

  private StepHints() {}

  private static Map<String, String> byKey() {
    final Map<String, String> byKey = new LinkedHashMap<>();
    for (final String pause : List.of("sleep", "pause", "wait", "delay")) {
      byKey.put(pause, "write `think`, such as `- think: 1s`");
    }
    for (final String method : List.of("get", "post", "put", "delete", "patch", "head")) {
      final String named = method.equals("get") ? "" : "method: " + method.toUpperCase(Locale.ROOT);
      byKey.put(
          method, "write `- request: {" + named + (named.isEmpty() ? "" : ", ") + "path: /items}`");
    }
    for (final String request : List.of("http", "url", "path")) {
      byKey.put(request, "write `- request: {path: /items}`");
    }
    for (final String part : List.of("check", "checks", "extract", "assert")) {
      byKey.put(
          part, "`checks` and `extract` are keys of the `request` whose response they are about");
    }
    for (final String loop : List.of("loop", "for")) {
      byKey.put(loop, "write `- repeat: 3` or `- foreach: list`, with `steps`");
    }
    byKey.put("steps", "write the steps themselves, or `- group: NAME` with `steps`");
    byKey.put("print", "write `- log: \"text\"`");
    byKey.put("tryMax", "write `- retry: {times: 3}` with `steps`");
    byKey.put("exec", "write the steps themselves, or those of an anchor: `- *login`");
    return byKey;
  }
}
