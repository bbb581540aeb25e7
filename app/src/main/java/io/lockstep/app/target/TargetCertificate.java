package io.lockstep.app.target;

import io.lockstep.app.console.CommandException;
import io.lockstep.app.console.Console;
import io.lockstep.engine.transport.certificate.Authority;
import io.lockstep.engine.transport.certificate.IssuedCertificate;
import io.lockstep.engine.transport.target.TargetTls;
import io.lockstep.scenario.tls.ClientIdentity;
import io.lockstep.scenario.tls.TlsFileException;
import io.lockstep.scenario.tls.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The certificate of a target: of files, or made for one run of it. */
final class TargetCertificate {
  private static final int DAYS = 30;

  private TargetCertificate() {}

  /**
   * What a target shows; {@code null} where it has no TLS.
   *
   * @throws CommandException if the options do not fit each other, or a file cannot be used.
   */
  static TargetTls of(final TargetCommandLine asked, final Console console) {
    if ((asked.certificate() == null) != (asked.key() == null)) {
      throw CommandException.usage("--certificate and --key belong together");
    }
    if (asked.certificate() != null) {
      if (asked.saveCa() != null) {
        throw CommandException.usage(
            "--save-ca writes what --tls makes; with --certificate trust its issuer");
      }
      return ofFiles(asked, console);
    }
    if (asked.tls()) {
      return made(asked, console);
    }
    if (asked.saveCa() != null) {
      throw CommandException.usage("--save-ca needs --tls");
    }
    return null;
  }

  private static TargetTls ofFiles(final TargetCommandLine asked, final Console console) {
    try {
      final ClientIdentity identity =
          TlsFiles.identity(
              console.path(asked.certificate()), console.path(asked.key()), new char[0]);
      return TargetTls.of(identity.key(), identity.chain());
    } catch (final TlsFileException e) {
      throw CommandException.usage("--certificate, --key: " + e.getMessage(), e);
    }
  }

  private static TargetTls made(final TargetCommandLine asked, final Console console) {
    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final Authority authority = Authority.create("Lockstep target", now);
    final Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    names.add(asked.host());
    final IssuedCertificate own =
        authority.issue(
            "localhost",
            now.minus(1, ChronoUnit.DAYS),
            now.plus(DAYS, ChronoUnit.DAYS),
            List.copyOf(names));
    if (asked.saveCa() != null) {
      save(authority.own().certificatePem(), asked.saveCa(), console);
    }
    return TargetTls.of(own.key(), List.of(own.certificate()));
  }

  private static void save(final String pem, final String file, final Console console) {
    try {
      Files.writeString(console.path(file), pem, StandardCharsets.US_ASCII);
    } catch (final IOException e) {
      throw CommandException.usage("--save-ca: cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
