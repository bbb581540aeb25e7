package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Recording.Bodies;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the journal keeps of responses. */
final class Recordings {
  private static final Key<Bodies> BODIES =
      Key.optional(
          "bodies",
          new EnumType<>(bodies()),
          Recording.DEFAULT.bodies(),
          "used",
          "which responses are kept: what something reads, all, also failed ones, or no body");
  private static final Key<Long> MAX_BODY =
      Key.optional(
          "max_body",
          UnitType.size(0, Recording.MAX_BODY_BYTES),
          (long) Recording.DEFAULT.maxBodyBytes(),
          "1MiB",
          "a longer body is cut there, also for what reads it");

  static final ObjectType<Recording> TYPE =
      new ObjectType<>(
          "`record`",
          List.of(BODIES, MAX_BODY),
          v -> new Recording(v.get(BODIES), v.get(MAX_BODY).intValue()));

  private Recordings() {}

  /** Where a file says which bodies are kept. */
  static int bodiesOffset(final Node record) {
    final Node bodies = record instanceof MapNode map ? map.get(BODIES.name()) : null;
    return bodies == null ? record.offset() : bodies.offset();
  }

  private static Map<String, Bodies> bodies() {
    final Map<String, Bodies> byWord = new LinkedHashMap<>();
    byWord.put("used", Bodies.USED);
    byWord.put("all", Bodies.ALL);
    byWord.put("failed", Bodies.FAILED);
    byWord.put("none", Bodies.NONE);
    return byWord;
  }
}
