package io.lockstep.app.run;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.scenario.language.TestLanguage;

/** {@code lockstep schema}. */
public final class SchemaSession {
  private SchemaSession() {}

  /**
   * Prints or writes the schema.
   *
   * @param part whether it is of a file that others include
   * @param file {@code null} for stdout
   */
  public static ExitCode run(final boolean part, final String file, final Console console) {
    final String schema = TestLanguage.schema(part).json();
    if (file == null) {
      console.out().print(schema);
    } else {
      OutputFile.prepare("--output", console.path(file)).write(schema);
    }
    return ExitCode.FINE;
  }
}
