package io.lockstep.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.lockstep.app.architecture.Packages.APP;
import static io.lockstep.app.architecture.Packages.BENCH;
import static io.lockstep.app.architecture.Packages.BLOCK;
import static io.lockstep.app.architecture.Packages.CONTENT;
import static io.lockstep.app.architecture.Packages.CORE;
import static io.lockstep.app.architecture.Packages.ENGINE;
import static io.lockstep.app.architecture.Packages.EVENT;
import static io.lockstep.app.architecture.Packages.JOURNAL;
import static io.lockstep.app.architecture.Packages.PLAN;
import static io.lockstep.app.architecture.Packages.REPLAY;
import static io.lockstep.app.architecture.Packages.SCENARIO;
import static io.lockstep.app.architecture.Packages.SINK;
import static io.lockstep.app.architecture.Packages.TRANSPORT;
import static io.lockstep.app.architecture.Packages.outside;
import static io.lockstep.app.architecture.Packages.within;

import java.util.List;
import java.util.stream.Stream;

/**
 * Dependencies run one way: scenario and journal, the core, content, transport and replay, the app,
 * the benches.
 */
final class LayerRules {
  private LayerRules() {}

  static List<HouseRule> all() {
    return List.of(
        direction("scenario knows no other module", SCENARIO, JOURNAL, ENGINE, REPLAY, APP, BENCH),
        direction("journal knows no other module", JOURNAL, SCENARIO, ENGINE, REPLAY, APP, BENCH),
        direction(
            "the core knows nothing built on it", CORE, CONTENT, TRANSPORT, REPLAY, APP, BENCH),
        direction("content knows only the core", CONTENT, TRANSPORT, REPLAY, APP, BENCH),
        direction(
            "transport knows neither content, replay nor app",
            TRANSPORT,
            CONTENT,
            REPLAY,
            APP,
            BENCH),
        direction("replay knows neither transport nor app", REPLAY, TRANSPORT, APP, BENCH),
        direction("the app knows no bench", APP, BENCH),
        HouseRule.of(
            "the engine sees of a scenario only its plan",
            noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(within(SCENARIO).and(outside(PLAN))),
            Offence.knowing("io.lockstep.engine.core.machine", "io.lockstep.scenario.other"),
            Offence.knowing("io.lockstep.engine.transport.http1", "io.lockstep.scenario.yaml")),
        HouseRule.of(
            "the engine sees of the journal only blocks, events and what takes them",
            noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(within(JOURNAL).and(outside(BLOCK, EVENT, SINK))),
            Offence.knowing("io.lockstep.engine.core.agent", "io.lockstep.journal.queue"),
            Offence.knowing("io.lockstep.engine.transport", "io.lockstep.journal.run")),
        HouseRule.of(
            "packages form no cycle",
            slices().matching("io.lockstep.(**)").should().beFreeOfCycles(),
            Offence.knowing("io.lockstep.scenario.here", "io.lockstep.scenario.there")
                .and(
                    "package io.lockstep.scenario.there;"
                        + " public class Back { io.lockstep.scenario.here.Offender way; }")));
  }

  /** No class of {@code from} knows one of the {@code banned} packages; proven for each of them. */
  private static HouseRule direction(final String name, final String from, final String... banned) {
    return HouseRule.of(
        name,
        noClasses()
            .that()
            .resideInAPackage(from)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(banned),
        Stream.of(banned)
            .map(to -> Offence.knowing(name(from) + ".deep.below", name(to) + ".deep"))
            .toArray(Offence[]::new));
  }

  private static String name(final String pattern) {
    return pattern.substring(0, pattern.length() - "..".length());
  }
}
