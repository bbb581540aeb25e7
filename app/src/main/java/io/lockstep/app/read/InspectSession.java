package io.lockstep.app.read;
import io.lockstep.app.console.*;
public final class InspectSession { private InspectSession(){}
  public static ExitCode run(final InspectCommandLine asked, final Console console) { throw new UnsupportedOperationException(); } }
