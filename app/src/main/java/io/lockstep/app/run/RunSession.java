package io.lockstep.app.run;
import io.lockstep.app.console.*;
public final class RunSession { private RunSession(){}
  public static ExitCode run(final RunCommandLine asked, final Console console) { throw new UnsupportedOperationException(); } }
