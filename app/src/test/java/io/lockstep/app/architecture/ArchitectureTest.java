package io.lockstep.app.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for all production classes, and every rule catches code that breaks it. */
final class ArchitectureTest {
  private static final Offence INNOCENCE =
      Offence.doing(
          "io.lockstep.engine.core.machine",
          "java.util.Map<String, Object> map = new java.util.LinkedHashMap<>();"
              + " map.put(\"A\".toLowerCase(java.util.Locale.ROOT), StrictMath.log(Math.sqrt(2)));"
              + " return map;");

  private static JavaClasses production;
  private static Map<Offence, JavaClasses> classesByOffence;

  @BeforeAll
  static void importClasses(@TempDir final Path folder) {
    production = Classes.production();
    final List<Offence> offences =
        Stream.concat(
                rules().stream().flatMap(rule -> rule.offences().stream()), Stream.of(INNOCENCE))
            .distinct()
            .toList();
    final List<JavaClasses> classes = Classes.compile(offences, folder);
    classesByOffence = new LinkedHashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      classesByOffence.put(offences.get(i), classes.get(i));
    }
  }

  static List<HouseRule> rules() {
    return Stream.of(LayerRules.all(), ThirdPartyRules.all(), ConductRules.all(), CoreRules.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldHoldForAllProductionClasses(final HouseRule rule) {
    rule.rule().check(production);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldCatchEachOffence(final HouseRule rule) {
    for (final Offence offence : rule.offences()) {
      final EvaluationResult result = rule.rule().evaluate(classesByOffence.get(offence));
      assertTrue(result.hasViolation(), () -> "«" + rule + "» lets pass: " + offence.sources());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLetInnocentCodePass(final HouseRule rule) {
    final EvaluationResult result = rule.rule().evaluate(classesByOffence.get(INNOCENCE));
    assertFalse(result.hasViolation(), () -> "«" + rule + "» forbids innocent code");
  }

  @Test
  void shouldSeeTheClassesOfEveryModule() {
    for (final String module :
        List.of(
            "scenario.plan",
            "journal.block",
            "engine.core.machine",
            "engine.transport",
            "replay",
            "app")) {
      assertTrue(
          production.stream().anyMatch(type -> type.getName().startsWith("io.lockstep." + module)),
          () -> "no class of io.lockstep." + module + " was read");
    }
  }
}
