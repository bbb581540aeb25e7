package io.lockstep.scenario;

import io.lockstep.scenario.data.DataLocator;
import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.diagnostic.Diagnostics;
import io.lockstep.scenario.document.LoadOptions;
import io.lockstep.scenario.language.Securing;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.plan.Tls.ClientCertificate;
import io.lockstep.scenario.plan.Tls.PublicFile;
import io.lockstep.scenario.tls.TlsFileException;
import io.lockstep.scenario.tls.TlsFiles;
import io.lockstep.scenario.tree.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the certificates and keys that a scenario file names, and digests those without secrets.
 * Where a run is read back nothing is opened: its manifest has the digests.
 */
final class TlsLoading {
  private static final String CA = "ca";
  private static final String CLIENT = "client_certificate";

  private final Node root;
  private final DataLocator locator;
  private final LoadOptions options;
  private final Diagnostics diagnostics;

  private TlsLoading(
      final Node root,
      final DataLocator locator,
      final LoadOptions options,
      final Diagnostics diagnostics) {
    this.root = root;
    this.locator = locator;
    this.options = options;
    this.diagnostics = diagnostics;
  }

  /** What a file says of TLS, its files read; of no use where the diagnostics have errors. */
  static Tls load(
      final Tls declared,
      final Node root,
      final DataLocator locator,
      final LoadOptions options,
      final Diagnostics diagnostics) {
    final TlsLoading loading = new TlsLoading(root, locator, options, diagnostics);
    return declared.with(
        loading.authorities(declared.authorities()), loading.client(declared.client()));
  }

  /** Checks something of a file. */
  private interface Step {
    void run(Path file) throws TlsFileException;
  }

  private PublicFile authorities(final PublicFile file) {
    return file == null ? null : read(file, new ArrayList<>(), CA);
  }

  private ClientCertificate client(final ClientCertificate client) {
    if (client == null) {
      return null;
    }
    if (client.isStore()) {
      if (options.opensKeys()) {
        check(client.keyFile(), TlsFiles::checkStore, CLIENT, "pkcs12");
      }
      return client;
    }
    final List<X509Certificate> chain = new ArrayList<>();
    final PublicFile certificate = read(client.certificate(), chain, CLIENT, "certificate");
    if (options.opensKeys() && !chain.isEmpty()) {
      final boolean hasPassword = !client.passwordSecret().isEmpty();
      check(client.keyFile(), file -> TlsFiles.checkKey(file, chain, hasPassword), CLIENT, "key");
    }
    return new ClientCertificate(certificate, client.keyFile(), client.passwordSecret());
  }

  private PublicFile read(
      final PublicFile file, final List<X509Certificate> to, final String... keys) {
    final Optional<String> known = options.fileDigests().apply(file.path());
    if (known.isPresent()) {
      return new PublicFile(file.path(), known.get());
    }
    final StringBuilder digest = new StringBuilder();
    check(
        file.path(),
        path -> {
          to.addAll(TlsFiles.certificates(path));
          digest.append(TlsFiles.digest(path));
        },
        keys);
    return new PublicFile(file.path(), digest.toString());
  }

  private void check(final String path, final Step step, final String... keys) {
    try {
      step.run(locator.locate(Securing.BLOCK, path));
    } catch (final TlsFileException e) {
      refuse(path, e.getMessage(), e.notes(), keys);
    } catch (final InvalidPathException e) {
      refuse(path, e.getReason(), List.of(), keys);
    }
  }

  private void refuse(
      final String path, final String reason, final List<String> notes, final String... keys) {
    diagnostics.add(
        Diagnostic.Kind.BAD_VALUE,
        Securing.fileOffset(root, keys),
        "the file `" + path + "` cannot be used: " + reason,
        notes);
  }
}
