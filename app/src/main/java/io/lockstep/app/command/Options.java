package io.lockstep.app.command;

import io.lockstep.app.console.ExitCode;
import io.lockstep.engine.core.machine.Preview;
import io.lockstep.scenario.document.LoadOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Builds the parts of a command's specification, so that all commands read alike. */
final class Options {
  static final String HELP = "--help";
  static final String STACKTRACE = "--stacktrace";
  static final String ENV = "--env";
  static final String SET = "--set";
  static final String OUT = "--out";
  static final String DEFAULT_OUT = "runs";

  private Options() {}

  /** A command with the options that all have. */
  static CommandSpec command(final String name, final String header, final String... description) {
    final CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .header(header, "")
        .description(description)
        .synopsisHeading("Usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%nParameters:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .footerHeading("%nExamples:%n")
        .sortOptions(false)
        .sortSynopsis(false)
        .abbreviateSynopsis(true)
        .width(100);
    return spec;
  }

  /** The options that all commands have; last in the list. */
  static CommandSpec common(final CommandSpec spec) {
    return spec.addOption(flag(STACKTRACE, "show the stack trace of an internal error"))
        .addOption(
            OptionSpec.builder("-h", HELP)
                .usageHelp(true)
                .description("show this help and end")
                .build());
  }

  static OptionSpec flag(final String name, final String description) {
    return OptionSpec.builder(name).description(description).build();
  }

  static OptionSpec text(final String name, final String label, final String... description) {
    return value(name, label, String.class, description);
  }

  static OptionSpec value(
      final String name, final String label, final Class<?> type, final String... description) {
    return OptionSpec.builder(name).paramLabel(label).type(type).description(description).build();
  }

  /** A whole number within limits. */
  static OptionSpec number(
      final String name,
      final String label,
      final long min,
      final long max,
      final String... description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(Long.class)
        .converters(text -> number(text, min, max, ""))
        .description(description)
        .build();
  }

  /** An iteration, or a word for what a VU does once. */
  static OptionSpec iteration(final String name, final String description) {
    return OptionSpec.builder(name)
        .paramLabel("N|start|stop")
        .type(Long.class)
        .converters(Options::iteration)
        .description(description)
        .build();
  }

  private static Long iteration(final String text) {
    return switch (text) {
      case "start" -> Preview.Identity.START;
      case "stop" -> Preview.Identity.STOP;
      default -> number(text, 0, Long.MAX_VALUE, ", start or stop");
    };
  }

  /** One of a few words. */
  static OptionSpec choice(final String name, final String description, final List<String> words) {
    return OptionSpec.builder(name)
        .paramLabel(String.join("|", words))
        .type(String.class)
        .converters(text -> oneOf(text, words))
        .description(description)
        .build();
  }

  static PositionalParamSpec parameter(final String label, final String... description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index("0")
        .arity("1")
        .required(true)
        .type(String.class)
        .description(description)
        .build();
  }

  /** What is to be laid over a scenario file. */
  static CommandSpec loading(final CommandSpec spec) {
    return spec.addOption(text(ENV, "NAME", "lay this block of the file's env over the file"))
        .addOption(
            OptionSpec.builder(SET)
                .paramLabel("PATH=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(
                    "set a value, such as scenarios.browse.load.vus=5 or tags[0]=x; may be",
                    "repeated")
                .build());
  }

  /** What the user wants laid over a scenario file. */
  static LoadOptions loading(final ParseResult arguments) {
    return new LoadOptions(
        Optional.ofNullable(arguments.matchedOptionValue(ENV, (String) null)),
        arguments.matchedOptionValue(SET, List.<String>of()));
  }

  /** The directory that holds runs. */
  static OptionSpec out(final String description) {
    return text(OUT, "DIR", description + " (default: " + DEFAULT_OUT + ")");
  }

  static void exitCodes(final CommandSpec spec, final ExitCode... codes) {
    final Map<String, String> texts = new LinkedHashMap<>();
    Arrays.stream(codes).forEach(code -> texts.put(Integer.toString(code.code()), code.text()));
    spec.usageMessage().exitCodeList(texts);
  }

  static void examples(final CommandSpec spec, final String... lines) {
    spec.usageMessage()
        .footer(Arrays.stream(lines).map(line -> "  " + line).toArray(String[]::new));
  }

  /**
   * A number that was given.
   *
   * @param or what else it may be
   */
  private static Long number(final String text, final long min, final long max, final String or) {
    try {
      final long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (final NumberFormatException ignoredAsTheMessageBelowSaysMore) {
      // falls through to the one message for both
    }
    final String range =
        max == Long.MAX_VALUE && min == Long.MIN_VALUE
            ? "a whole number of 64 bits"
            : max == Long.MAX_VALUE
                ? "a whole number from " + min
                : "a whole number from " + min + " to " + max;
    throw new CommandLine.TypeConversionException("'" + text + "' is not " + range + or);
  }

  private static String oneOf(final String text, final List<String> words) {
    if (!words.contains(text)) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not one of " + String.join(", ", words));
    }
    return text;
  }
}
