package io.lockstep.scenario.expression;

import io.lockstep.scenario.diagnostic.NearestName;
import io.lockstep.scenario.plan.expression.BuiltIn;
import io.lockstep.scenario.plan.expression.Function;
import io.lockstep.scenario.plan.expression.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out what names mean. */
final class NameResolver {
  static final String ENVIRONMENT = "env";
  static final String SECRETS = "secrets";
  static final String SETUP = "setup";

  /** Words that others have for the last response. */
  private static final Pattern RESPONSE = Pattern.compile("r|res|resp|response|\\$?http");

  /** No owner of anything, but a word that others have for it. */
  private static final String VARIABLES = "vars";

  private final Names names;
  private final boolean secretsAllowed;
  private final List<Fault> faults;

  NameResolver(final Names names, final boolean secretsAllowed, final List<Fault> faults) {
    this.names = names;
    this.secretsAllowed = secretsAllowed;
    this.faults = faults;
  }

  Resolved resolve(final Term.Name name) {
    final Optional<BuiltIn> builtIn = BuiltIn.named(name.name());
    if (builtIn.isPresent()) {
      return Resolved.of(name, builtIn.get().kinds());
    }
    if (names.variable(name.name()) != Names.NONE) {
      return Resolved.of(name, names.kinds(name.name()));
    }
    final Optional<Object> constant = names.constant(name.name());
    if (constant.isPresent()) {
      return Resolved.constant(name.offset(), constant.get());
    }
    final List<String> allowed = new ArrayList<>(names.variables());
    allowed.addAll(names.constants());
    allowed.addAll(BuiltIn.names());
    faults.add(
        new Fault(
            name.offset(),
            "there is no variable `" + name.name() + "`",
            name.name(),
            allowed,
            List.of(advice(name.name()))));
    return Resolved.faulty(name);
  }

  private String advice(final String name) {
    final Optional<Function> function = Function.named(name);
    if (function.isPresent()) {
      return "to call the function, write " + function.get().signature();
    }
    if (names.feeder(name) != Names.NONE || isOwner(name)) {
      return "name what you want of it: " + name + ".something";
    }
    return textAdvice(name);
  }

  private static String textAdvice(final String name) {
    return "a text is in quotes: \"" + name + "\"";
  }

  /**
   * A fault of an expression that is nothing but a name: its quotes, if it had any, were those of
   * the file.
   */
  static Fault wholly(final Fault fault, final String name) {
    return fault.notes().equals(List.of(textAdvice(name)))
        ? fault.noted(Fault.ownQuotes(name))
        : fault;
  }

  Resolved resolve(final Term.Member member) {
    if (member.owner().equals(ENVIRONMENT)) {
      return environment(member);
    }
    if (member.owner().equals(SECRETS)) {
      return secret(member);
    }
    if (member.owner().equals(SETUP)) {
      return setup(member);
    }
    final int feeder = names.feeder(member.owner());
    if (feeder == Names.NONE) {
      return noOwner(member);
    }
    if (names.column(feeder, member.member()) == Names.NONE) {
      return noColumn(member, names.columns(feeder));
    }
    return Resolved.of(member, Kind.ANY);
  }

  private Resolved noColumn(final Term.Member member, final Collection<String> columns) {
    final List<String> notes =
        columns.stream()
            .filter(column -> isSpelledAs(column, member.member()))
            .map(column -> "write " + member.owner() + Term.Member.suffix(column))
            .limit(1)
            .toList();
    faults.add(
        new Fault(
            member.memberOffset(),
            "`" + member.owner() + "` has no column `" + member.member() + "`",
            notes.isEmpty() ? member.member() : Fault.NO_NEAREST,
            List.copyOf(columns),
            notes));
    return Resolved.faulty(member);
  }

  /** Whether a name that cannot stand behind a point was meant by what does, or by its start. */
  private static boolean isSpelledAs(final String column, final String written) {
    final String plain = column.replaceAll("[^A-Za-z0-9_]", "_");
    return !plain.equals(column) && (plain.equals(written) || plain.startsWith(written + "_"));
  }

  private boolean isOwner(final String name) {
    return name.equals(ENVIRONMENT)
        || name.equals(SECRETS)
        || (name.equals(SETUP) && names.hasSetup());
  }

  private Resolved setup(final Term.Member member) {
    if (!names.hasSetup()) {
      faults.add(
          Fault.of(
              member.offset(),
              "no setup comes before this, so there is no `setup." + member.member() + "`",
              "values come of a file's `setup`; in its own steps they are named without `setup.`"));
      return Resolved.faulty(member);
    }
    if (!names.setupValues().contains(member.member())) {
      return unknown(
          member, "`setup` sets no variable `" + member.member() + "`", names.setupValues());
    }
    return Resolved.of(member, Kind.ANY);
  }

  /** A variable of the environment, or null: for a place that has something else for it. */
  Resolved perhaps(final Term.Member member) {
    return Resolved.constant(member.offset(), names.environment(member.member()).orElse(null));
  }

  private Resolved environment(final Term.Member member) {
    final Optional<String> value = names.environment(member.member());
    if (value.isPresent()) {
      return Resolved.constant(member.offset(), value.get());
    }
    // Their names are not listed: there are many, and they are nobody else's business.
    final String[] notes =
        Stream.concat(
                NearestName.of(member.member(), names.environmentNames()).stream()
                    .map(nearest -> "did you mean `" + nearest + "`?"),
                Stream.of(
                    "set it before the run, or say what to take without it: default(env"
                        + Term.Member.suffix(member.member())
                        + ", \"…\")"))
            .toArray(String[]::new);
    faults.add(
        Fault.of(
            member.memberOffset(),
            "the environment variable `" + member.member() + "` is not set",
            notes));
    return Resolved.faulty(member);
  }

  private Resolved secret(final Term.Member member) {
    if (!secretsAllowed) {
      faults.add(
          Fault.of(
              member.offset(),
              "a secret cannot be used here",
              "secrets go into URLs, headers and bodies of requests only"));
      return Resolved.faulty(member);
    }
    if (names.secret(member.member()) == Names.NONE) {
      final String message = "there is no secret `" + member.member() + "`";
      final String advice =
          "declare it under `secrets`, such as " + member.member() + ": {env: NAME}";
      faults.add(
          names.secrets().isEmpty()
              ? Fault.of(member.memberOffset(), message, advice)
              : new Fault(
                  member.memberOffset(),
                  message,
                  member.member(),
                  List.copyOf(names.secrets()),
                  List.of(advice)));
      return Resolved.faulty(member);
    }
    return new Resolved(member, Kind.TEXT.mask(), 1);
  }

  private Resolved noOwner(final Term.Member member) {
    final boolean variable =
        names.variable(member.owner()) != Names.NONE || BuiltIn.isReserved(member.owner());
    if (variable || names.constant(member.owner()).isPresent()) {
      faults.add(
          Fault.of(
              member.offset(),
              "`" + member.owner() + "` is no data source, so it has no columns",
              "to get at a field of a response, extract it with a JSONPath"));
    } else if (member.owner().equals(VARIABLES)) {
      noVariable(member);
    } else if (RESPONSE.matcher(member.owner()).matches()) {
      noResponse(member);
    } else {
      final List<String> allowed = new ArrayList<>(names.feeders());
      allowed.add(ENVIRONMENT);
      allowed.add(SECRETS);
      if (names.hasSetup()) {
        allowed.add(SETUP);
      }
      faults.add(
          new Fault(
              member.offset(),
              "there is no data source `" + member.owner() + "`",
              member.owner(),
              allowed,
              List.of()));
    }
    return Resolved.faulty(member);
  }

  /** People look for the last response behind a word of their own. */
  private void noResponse(final Term.Member member) {
    final String note =
        BuiltIn.named(member.member()).isPresent()
            ? "of the last response, write the name alone: " + member.member()
            : switch (member.member()) {
              case "json" -> "of the last response, write json(\"$.path\")";
              case "headers", "header" -> "of the last response, write header(\"Name\")";
              case "timings", "time" -> "of the last response, write duration";
              case "status_code", "code" -> "of the last response, write the name alone: status";
              default ->
                  "the last response has: status, duration, response_time, size, body, failed, error,"
                      + " header(\"Name\"), json(\"$.path\")";
            };
    faults.add(Fault.of(member.offset(), "there is no data source `" + member.owner() + "`", note));
  }

  /** People look for variables behind a word of their own. */
  private void noVariable(final Term.Member member) {
    final List<String> allowed = new ArrayList<>(names.variables());
    allowed.addAll(names.constants());
    final boolean known = allowed.contains(member.member());
    faults.add(
        new Fault(
            member.offset(),
            "variables have no word before their name",
            known ? "" : member.member(),
            known ? List.of() : allowed,
            List.of(
                known
                    ? "write the name alone: " + member.member()
                    : "write the name alone, without `" + VARIABLES + ".`")));
  }

  private Resolved unknown(
      final Term.Member member, final String message, final Collection<String> allowed) {
    faults.add(
        new Fault(
            member.memberOffset(), message, member.member(), List.copyOf(allowed), List.of()));
    return Resolved.faulty(member);
  }
}
