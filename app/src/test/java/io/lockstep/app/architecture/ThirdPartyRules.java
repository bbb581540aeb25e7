package io.lockstep.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.lockstep.app.architecture.Packages.AGENT;
import static io.lockstep.app.architecture.Packages.APP;
import static io.lockstep.app.architecture.Packages.BENCH;
import static io.lockstep.app.architecture.Packages.CONTENT;
import static io.lockstep.app.architecture.Packages.CONTENT_JSON;
import static io.lockstep.app.architecture.Packages.CONTENT_MARKUP;
import static io.lockstep.app.architecture.Packages.CONTENT_TEXT;
import static io.lockstep.app.architecture.Packages.CORE;
import static io.lockstep.app.architecture.Packages.DATA;
import static io.lockstep.app.architecture.Packages.JOURNAL;
import static io.lockstep.app.architecture.Packages.METRIC;
import static io.lockstep.app.architecture.Packages.PLAN_EXPRESSION;
import static io.lockstep.app.architecture.Packages.QUEUE;
import static io.lockstep.app.architecture.Packages.REPLAY;
import static io.lockstep.app.architecture.Packages.RUN_DIRECTORY;
import static io.lockstep.app.architecture.Packages.TRANSPORT;
import static io.lockstep.app.architecture.Packages.YAML;
import static io.lockstep.app.architecture.Packages.outside;

import java.util.List;

/** Types of others stay behind the one package that wraps them. */
final class ThirdPartyRules {
  private static final String ELSEWHERE = "io.lockstep.scenario.elsewhere";
  private static final String AFFINITY = "net.openhft.affinity..";

  private ThirdPartyRules() {}

  static List<HouseRule> all() {
    return List.of(
        HouseRule.of(
            "Chronicle stays in the journal's queue",
            noClasses()
                .that(outside(QUEUE))
                .should()
                .dependOnClassesThat(Packages.within("net.openhft..").and(outside(AFFINITY))),
            Offence.holding(
                "io.lockstep.journal.block", "net.openhft.chronicle.queue.ChronicleQueue"),
            Offence.holding("io.lockstep.app.run", "net.openhft.chronicle.bytes.Bytes<?>")),
        confined(
            "core pinning stays with the agents",
            AFFINITY,
            "net.openhft.affinity.AffinityLock",
            AGENT),
        confined("Netty stays in transport", "io.netty..", "io.netty.buffer.ByteBuf", TRANSPORT),
        confined("YAML stays in one package", "org.yaml..", "org.yaml.snakeyaml.error.Mark", YAML),
        confined(
            "YAML by Jackson stays in the same package",
            "com.fasterxml.jackson.dataformat..",
            "com.fasterxml.jackson.dataformat.yaml.YAMLFactory",
            YAML),
        confined(
            "JSON stays at the edges",
            "com.fasterxml.jackson..",
            "com.fasterxml.jackson.core.JsonParser",
            YAML,
            DATA,
            RUN_DIRECTORY,
            CONTENT_JSON,
            REPLAY,
            APP,
            BENCH),
        confined(
            "JSONPath stays with JSON bodies",
            "com.jayway.jsonpath..",
            "com.jayway.jsonpath.JsonPath",
            CONTENT_JSON),
        confined(
            "JMESPath stays with JSON bodies",
            "io.burt.jmespath..",
            "io.burt.jmespath.Expression<String>",
            CONTENT_JSON),
        confined(
            "JSON Schema stays with JSON bodies",
            "com.networknt..",
            "com.networknt.schema.Schema",
            CONTENT_JSON),
        confined(
            "HTML stays with markup", "org.jsoup..", "org.jsoup.nodes.Element", CONTENT_MARKUP),
        confined(
            "RE2 stays with texts and with the functions of expressions",
            "com.google.re2j..",
            "com.google.re2j.Pattern",
            CONTENT_TEXT,
            PLAN_EXPRESSION),
        confined("the command line stays in the app", "picocli..", "picocli.CommandLine", APP),
        confined(
            "histograms stay with metrics and reports",
            "org.HdrHistogram..",
            "org.HdrHistogram.Histogram",
            METRIC,
            AGENT,
            REPLAY,
            APP,
            BENCH),
        confined(
            "Agrona stays out of scenario and app",
            "org.agrona..",
            "org.agrona.DirectBuffer",
            CORE,
            CONTENT,
            TRANSPORT,
            JOURNAL,
            REPLAY,
            BENCH),
        HouseRule.of(
            "nobody uses the JDK's insides or a logger",
            noClasses()
                .that(Packages.within("io.lockstep.."))
                .should()
                .dependOnClassesThat(
                    Packages.within(
                        "jdk.internal..", "sun.nio..", "org.slf4j..", "java.util.logging..")),
            Offence.holding(ELSEWHERE, "org.slf4j.Logger"),
            Offence.holding(ELSEWHERE, "java.util.logging.Logger")));
  }

  private static HouseRule confined(
      final String name, final String types, final String example, final String... homes) {
    return HouseRule.of(
        name,
        noClasses().that(outside(homes)).should().dependOnClassesThat().resideInAPackage(types),
        Offence.holding(ELSEWHERE, example));
  }
}
