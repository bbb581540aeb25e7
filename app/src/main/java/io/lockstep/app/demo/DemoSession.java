package io.lockstep.app.demo;
import io.lockstep.app.console.*;
public final class DemoSession { private DemoSession(){}
  public static ExitCode run(final String out, final Console console) { throw new UnsupportedOperationException(); } }
