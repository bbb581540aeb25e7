package io.lockstep.scenario.plan;

import java.util.Optional;

/**
 * Says whether a text is right in a language that the scenario module does not know itself. Found
 * with {@link java.util.ServiceLoader}: a program that can evaluate these texts also checks them
 * wherever it loads a file, and one that cannot has nobody to ask. Safe for threads.
 */
public interface QueryCheck {
  /** What is wrong with a text, if anything: a clause after "the text …". */
  Optional<String> fault(QueryLanguage language, String text);

  /** How many groups a regular expression without faults has. */
  int groups(String regex);
}
