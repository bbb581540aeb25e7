package io.lockstep.app.doctor;

import io.lockstep.app.console.Console;
import io.lockstep.app.console.ExitCode;
import io.lockstep.app.host.Host;
import io.lockstep.app.host.HostCheck;
import io.lockstep.app.host.HostChecks;
import io.lockstep.app.run.RunChoice;
import java.io.IOException;
import java.util.List;

/** {@code lockstep doctor}: looks at the machine and tells. */
public final class DoctorSession {
  private DoctorSession() {}

  /** Whatever is found, that is no failure. */
  public static ExitCode run(final boolean json, final Console console) throws IOException {
    final Host host = Host.read();
    final List<HostCheck> checks = HostChecks.of(host);
    final RunChoice choice = RunChoice.of(host.cores());
    console
        .out()
        .print(
            json
                ? DoctorReport.json(checks, choice)
                : DoctorReport.text(checks, choice, console.colour()));
    return ExitCode.FINE;
  }
}
