package io.lockstep.scenario.advice;

import io.lockstep.scenario.diagnostic.Diagnostic.Kind;
import io.lockstep.scenario.expression.Mention;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.plan.Phases;
import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.read.Reading;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at what the expressions of one scenario read, and where. */
final class Readings {
  private static final String ENVIRONMENT = "env";

  private final LoadTest test;
  private final Scenario scenario;
  private final Usage usage;
  private final Reading in;
  private final Set<String> read = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  Readings(final LoadTest test, final Scenario scenario, final Usage usage, final Reading in) {
    this.test = test;
    this.scenario = scenario;
    this.usage = usage;
    this.in = in;
  }

  /** Warns of a place in an expression or template. */
  @FunctionalInterface
  private interface Warning {
    void at(Reading in, Kind kind, int offset, String message, String... notes);
  }

  /** Whether anything has read a variable. */
  boolean isRead(final String variable) {
    return read.contains(variable);
  }

  void of(final SourceExpression expression, final Known known) {
    expression.mentions().forEach(mention -> mention(mention, expression::warn, known));
  }

  void of(final SourceTemplate template, final Known known) {
    template.mentions().forEach(mention -> mention(mention, template::warn, known));
  }

  /** What a request is made of, the file's headers included. */
  void of(final Request request, final Known known) {
    request.templates().path().ifPresent(path -> of(path, known));
    request.templates().parameters().values().forEach(value -> of(value, known));
    final Map<String, SourceTemplate> shared = test.headerTemplates().headerByName();
    if (!shared.isEmpty()) {
      final Set<String> own =
          request.headers().stream().map(one -> lower(one.name())).collect(Collectors.toSet());
      shared.forEach(
          (name, template) -> {
            if (!own.contains(lower(name))) {
              of(template, known);
            }
          });
    }
    request.templates().headerByName().values().forEach(template -> of(template, known));
    request.templates().body().ifPresent(body -> of(body, known));
    request.payload().templates().forEach(part -> of(part, known));
    request
        .templates()
        .auth()
        .or(test.headerTemplates()::auth)
        .ifPresent(auth -> auth.parts().forEach(part -> of(part, known)));
  }

  private static String lower(final String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void mention(final Mention mention, final Warning warning, final Known known) {
    final String name = mention.name();
    if (!mention.isBare()) {
      member(mention);
    } else if (test.variables().containsKey(name)) {
      usage.bare(name);
    } else if (!BuiltIn.isReserved(name)) {
      read.add(name);
      if (known.isReached() && !mention.tested() && !known.isSure(name)) {
        unset(mention, warning, known);
      }
    } else if (name.equals(BuiltIn.VU.word()) && !scenario.load().vusLast()) {
      warning.at(
          in,
          Kind.INCIDENTAL_VU,
          mention.offset(),
          "in scenario `"
              + scenario.name()
              + "` `vu` is whichever VU is free: each iteration is a"
              + " user of its own",
          "`iteration` is the number of that user, and the seed decides what it does");
    }
  }

  private void member(final Mention mention) {
    if (mention.owner().equals(FileNodes.SECRETS)) {
      usage.secret(mention.name());
    } else if (mention.owner().equals(Phases.SETUP)) {
      usage.setup(mention.name());
    } else if (!mention.owner().equals(ENVIRONMENT)) {
      usage.feeder(mention.owner());
    }
  }

  /** One reading of a variable is enough to say it. */
  private void unset(final Mention mention, final Warning warning, final Known known) {
    final String name = mention.name();
    if (told.add(name)) {
      warning.at(
          in,
          Kind.UNSET_VARIABLE,
          mention.offset(),
          known.isPerhaps(name)
              ? "the variable `" + name + "` may be null here: not every way to it sets it"
              : "the variable `" + name + "` is null here: nothing before it sets it",
          "set it before, or say what stands in for it: default(" + name + ", …)");
    }
  }
}
