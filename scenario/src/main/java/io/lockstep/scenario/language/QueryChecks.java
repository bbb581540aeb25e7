package io.lockstep.scenario.language;

import io.lockstep.scenario.plan.QueryCheck;
import io.lockstep.scenario.plan.QueryLanguage;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Asks whatever evaluates queries about them. Safe for threads. */
public final class QueryChecks {
  private static final List<QueryCheck> CHECKS =
      ServiceLoader.load(QueryCheck.class).stream().map(ServiceLoader.Provider::get).toList();

  /** Many requests may be checked by one schema: what was said of it last is said again. */
  private static volatile Answer last = new Answer(QueryLanguage.JSON_SCHEMA, "", Optional.empty());

  private record Answer(QueryLanguage language, String text, Optional<String> fault) {}

  private QueryChecks() {}

  /** What is wrong with a text, if anything: a clause. */
  public static Optional<String> fault(final QueryLanguage language, final String text) {
    final Answer known = last;
    if (known.language() == language && !text.isEmpty() && known.text().equals(text)) {
      return known.fault();
    }
    final Optional<String> fault =
        CHECKS.stream().flatMap(check -> check.fault(language, text).stream()).findFirst();
    last = new Answer(language, text, fault);
    return fault;
  }

  /** The groups of a regular expression; empty where nobody here can count them. */
  static Optional<Integer> groups(final String regex) {
    return CHECKS.stream().map(check -> check.groups(regex)).findFirst();
  }
}
