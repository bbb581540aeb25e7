package io.lockstep.app.run;
import io.lockstep.app.console.*;
public final class PlanSession { private PlanSession(){}
  public static ExitCode validate(final String file, final Console console) { throw new UnsupportedOperationException(); } }
