package io.lockstep.app.run;

import io.lockstep.app.console.CommandException;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.engine.transport.tls.TlsCredentials;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.plan.Tls.ClientCertificate;
import io.lockstep.scenario.tls.ClientIdentity;
import io.lockstep.scenario.tls.TlsFileException;
import io.lockstep.scenario.tls.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the certificates and keys of a run, once, as it starts. They go to the transport and
 * nowhere else: nothing of a private key or a password is kept or printed.
 */
final class Credentials {
  private static final String OTHERWISE = "; no key is needed with --simulate";

  private Credentials() {}

  /**
   * What a run needs.
   *
   * @param folder of the scenario file
   * @throws CommandException if any of it cannot be read.
   */
  static TlsCredentials read(final Plan plan, final Path folder, final SecretSource secrets) {
    if (plan.target() == null || !plan.target().secure()) {
      return TlsCredentials.NONE;
    }
    final Tls tls = plan.tls();
    final List<X509Certificate> authorities =
        tls.authorities() == null ? List.of() : authorities(folder, tls.authorities().path());
    if (tls.client() == null) {
      return new TlsCredentials(authorities, null, List.of());
    }
    final ClientIdentity identity = identity(folder, tls.client(), plan, secrets);
    return new TlsCredentials(authorities, identity.key(), identity.chain());
  }

  private static List<X509Certificate> authorities(final Path folder, final String path) {
    try {
      return TlsFiles.certificates(folder.resolve(path));
    } catch (final TlsFileException e) {
      throw CommandException.usage("tls.ca: " + path + ": " + e.getMessage(), e);
    }
  }

  private static ClientIdentity identity(
      final Path folder,
      final ClientCertificate client,
      final Plan plan,
      final SecretSource secrets) {
    final char[] password = password(client, plan, secrets);
    try {
      final Path key = folder.resolve(client.keyFile());
      return client.isStore()
          ? TlsFiles.identity(key, password)
          : TlsFiles.identity(folder.resolve(client.certificate().path()), key, password);
    } catch (final TlsFileException e) {
      throw CommandException.usage(
          "tls.client_certificate: " + client.keyFile() + ": " + e.getMessage() + OTHERWISE, e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static char[] password(
      final ClientCertificate client, final Plan plan, final SecretSource secrets) {
    if (client.passwordSecret().isEmpty()) {
      return new char[0];
    }
    final byte[] value = secrets.value(plan.secrets().indexOf(client.passwordSecret()));
    return new String(value, StandardCharsets.UTF_8).toCharArray();
  }
}
