package io.lockstep.app.architecture;

import java.util.ArrayList;
import java.util.List;

/**
 * Code that breaks one rule, as sources of a few classes that are compiled together; the proof that
 * the rule bites.
 *
 * @param sources of one top-level class each
 */
record Offence(List<String> sources) {
  Offence {
    sources = List.copyOf(sources);
  }

  /** A class of {@code packageName} whose one method has {@code body}. */
  static Offence doing(final String packageName, final String body) {
    return new Offence(
        List.of(
            "package "
                + packageName
                + "; class Offender { Object act() throws Throwable { "
                + body
                + " } }"));
  }

  /**
   * A class of {@code packageName} that has a field of {@code type}, which is on the class path.
   */
  static Offence holding(final String packageName, final String type) {
    return new Offence(
        List.of("package " + packageName + "; public class Offender { " + type + " held; }"));
  }

  /**
   * A class of {@code packageName} that knows one of {@code otherPackage}, made up for the purpose.
   */
  static Offence knowing(final String packageName, final String otherPackage) {
    return holding(packageName, otherPackage + ".Other")
        .and("package " + otherPackage + "; public class Other { }");
  }

  /** The same with one more class. */
  Offence and(final String source) {
    final List<String> more = new ArrayList<>(sources);
    more.add(source);
    return new Offence(more);
  }

  /** The sources with names of their own, so that many offences fit into one compilation. */
  List<String> numbered(final int number) {
    return sources.stream()
        .map(source -> source.replaceAll("\\b(Offender|Other|Back)\\b", "$1" + suffix(number)))
        .toList();
  }

  static String suffix(final int number) {
    return "_" + number;
  }
}
