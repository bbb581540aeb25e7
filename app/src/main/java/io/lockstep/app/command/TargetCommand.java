package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.target.TargetCommandLine;
import io.lockstep.app.target.TargetSession;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code lockstep target}. */
final class TargetCommand implements Command {
  private static final long MAX_PORT = 65_535;

  @Override
  public CommandSpec spec() {
    final CommandSpec spec =
        Options.command(
            "target",
            "Serves HTTP/1.1 and HTTP/2 on loopback, with TLS or without, for trying things.",
            "Endpoints: /, /delay?ms=N, /status?code=N, /bytes?n=N, /json, /echo, /set-cookie,",
            "/cookies, /redirect, /etag, /coded, /auth; / says what they want. Serves until Ctrl-C.",
            "Latencies and errors depend on the seed and on the number of the request.");
    spec.addOption(
            Options.number(
                "--port", "N", 0, MAX_PORT, "to listen on, 0 for any free one (default)"))
        .addOption(Options.text("--host", "NAME", "interface to listen on (default: 127.0.0.1)"))
        .addOption(
            Options.text(
                "--latency",
                "DIST",
                "delay of every answer: 20ms, uniform(5ms,20ms), normal(20ms,5ms),",
                "lognormal(20ms,0.5) with median and sigma, or exponential(20ms)"))
        .addOption(
            OptionSpec.builder("--error-rate")
                .paramLabel("P")
                .type(Double.class)
                .converters(TargetCommand::probability)
                .description("share of requests answered with status 500, 0 to 1")
                .build())
        .addOption(
            Options.number(
                "--seed",
                "N",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                "of latencies and errors (default: 0)"));
    spec.addOption(
            Options.flag(
                "--tls", "serve https, with a certificate made now for localhost and --host"))
        .addOption(
            Options.text("--certificate", "FILE", "certificate in PEM, for https; needs --key"))
        .addOption(Options.text("--key", "FILE", "private key of --certificate, in PEM"))
        .addOption(
            Options.text(
                "--save-ca",
                "FILE",
                "write the certificate that clients of --tls must trust, for the ca of a",
                "scenario's tls block"));
    Options.common(spec);
    Options.exitCodes(spec, ExitCode.FINE, ExitCode.FAILED, ExitCode.USAGE);
    Options.examples(
        spec,
        "lockstep target --port 8080",
        "lockstep target --latency 'lognormal(20ms,0.5)' --error-rate 0.01 --seed 7",
        "lockstep target --tls --save-ca ca.pem --port 8443");
    return spec;
  }

  @Override
  public ExitCode run(final ParseResult arguments, final Console console) throws IOException {
    return TargetSession.run(
        new TargetCommandLine(
            arguments.matchedOptionValue("--host", "127.0.0.1"),
            arguments.matchedOptionValue("--port", 0L).intValue(),
            arguments.matchedOptionValue("--latency", "0ms"),
            arguments.matchedOptionValue("--error-rate", 0.0),
            arguments.matchedOptionValue("--seed", 0L),
            arguments.hasMatchedOption("--tls"),
            arguments.matchedOptionValue("--certificate", (String) null),
            arguments.matchedOptionValue("--key", (String) null),
            arguments.matchedOptionValue("--save-ca", (String) null)),
        console);
  }

  private static Double probability(final String text) {
    try {
      final double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (final NumberFormatException ignoredAsTheMessageBelowSaysMore) {
      // falls through to the one message for both
    }
    throw new CommandLine.TypeConversionException("'" + text + "' is not a number from 0 to 1");
  }
}
