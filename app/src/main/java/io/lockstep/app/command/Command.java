package io.lockstep.app.command;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command. Instances hold no state. */
interface Command {
  /** Its name, options, parameters and help; must load nothing that only running it needs. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @throws io.lockstep.app.console.CommandException with a message for the user.
   * @throws IOException where a file or stream failed and nothing better can be said of it.
   */
  ExitCode run(ParseResult arguments, Console console) throws IOException;
}
