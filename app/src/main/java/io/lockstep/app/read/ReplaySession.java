package io.lockstep.app.read;
import io.lockstep.app.console.*;
public final class ReplaySession { private ReplaySession(){}
  public static ExitCode run(final String run, final String out, final boolean json, final Console console) { throw new UnsupportedOperationException(); } }
