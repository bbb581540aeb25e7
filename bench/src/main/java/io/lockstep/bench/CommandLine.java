package io.lockstep.bench;

import io.lockstep.bench.measure.BenchOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for.
 *
 * @param names of benches, empty for all
 * @param options for each
 * @param help whether only help was asked for
 */
record CommandLine(List<String> names, BenchOptions options, boolean help) {
  static final String OPTIONS =
      """
      options:
        --tiny         do a little of everything, to show that it works
        --rounds N     measured rounds (default 5)
        --seconds N    length of a network run (default 10)
        --dir DIR      where scratch files go (default target/bench-scratch)
        --help         this
      """;

  private static final int ROUNDS = 5;
  private static final int SECONDS = 10;

  /**
   * Reads the words behind the command.
   *
   * @throws IllegalArgumentException with a message for the user.
   */
  static CommandLine parse(final List<String> args) {
    final List<String> names = new ArrayList<>();
    boolean tiny = false;
    boolean help = false;
    int rounds = 0;
    int seconds = SECONDS;
    final Path root = Path.of(System.getProperty("bench.root", ".")).toAbsolutePath().normalize();
    Path directory = root.resolve("target").resolve("bench-scratch");
    final Iterator<String> words = args.iterator();
    while (words.hasNext()) {
      final String word = words.next();
      switch (word) {
        case "--tiny" -> tiny = true;
        case "--help", "-h" -> help = true;
        case "--rounds" -> rounds = number(word, words);
        case "--seconds" -> seconds = number(word, words);
        case "--dir" -> directory = Path.of(value(word, words)).toAbsolutePath();
        default -> names.add(name(word));
      }
    }
    final int chosen = rounds > 0 ? rounds : tiny ? 1 : ROUNDS;
    final List<String> lockstep = List.of(root.resolve("lockstep").toString());
    return new CommandLine(
        List.copyOf(names),
        new BenchOptions(tiny, chosen, seconds, directory, root, lockstep),
        help);
  }

  private static String name(final String word) {
    if (word.startsWith("-")) {
      throw new IllegalArgumentException("there is no option " + word);
    }
    return word;
  }

  private static String value(final String option, final Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return words.next();
  }

  private static int number(final String option, final Iterator<String> words) {
    final String text = value(option, words);
    try {
      final int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (final NumberFormatException e) {
      throw new IllegalArgumentException(
          option + " needs a whole number of at least 1, got '" + text + "'", e);
    }
    throw new IllegalArgumentException(option + " needs a number of at least 1, got " + text);
  }
}
