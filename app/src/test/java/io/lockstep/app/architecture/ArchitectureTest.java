package io.lockstep.app.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for all production classes, and every rule catches code that breaks it. */
final class ArchitectureTest {
  private static JavaClasses production;

  @BeforeAll
  static void importProductionClasses() {
    production = Classes.production();
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
  void shouldCatchEachOffence(final HouseRule rule, @TempDir final Path folder) throws IOException {
    int number = 0;
    for (final Offence offence : rule.offences()) {
      final JavaClasses classes = Classes.compile(offence, folder.resolve("offence" + number++));
      final EvaluationResult result = rule.rule().evaluate(classes);
      assertTrue(result.hasViolation(), () -> "«" + rule + "» lets pass: " + offence.sources());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldLetInnocentCodePass(final HouseRule rule, @TempDir final Path folder) throws IOException {
    final String body =
        "java.util.Map<String, Object> map = new java.util.LinkedHashMap<>();"
            + " map.put(\"A\".toLowerCase(java.util.Locale.ROOT), StrictMath.log(Math.sqrt(2)));"
            + " return map;";
    final JavaClasses classes =
        Classes.compile(Offence.doing("io.lockstep.engine.core.machine", body), folder);
    assertFalse(rule.rule().evaluate(classes).hasViolation(), () -> "«" + rule + "» forbids innocent code");
  }

  @Test
  void shouldSeeTheClassesOfEveryModule() {
    for (final String module :
        List.of("scenario.plan", "journal.block", "engine.core.machine", "engine.transport", "replay", "app")) {
      assertTrue(
          production.stream().anyMatch(type -> type.getName().startsWith("io.lockstep." + module)),
          () -> "no class of io.lockstep." + module + " was read");
    }
  }
}
