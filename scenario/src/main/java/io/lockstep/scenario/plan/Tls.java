package io.lockstep.scenario.plan;

import java.util.List;

/**
 * How connections are secured where the target wants TLS. Holds neither keys nor passwords: files
 * with private keys by their paths, passwords by the names of their secrets.
 *
 * @param provider whose code does it
 * @param minVersion oldest version that is offered
 * @param maxVersion newest version that is offered
 * @param ciphers suites that are offered, in order of preference; empty for the provider's own
 * @param serverName asked for and checked in place of the target's host; empty for that
 * @param insecure whether any certificate is taken
 * @param resumption whether a later connection may resume an earlier one's session
 * @param authorities certificates that are trusted in place of the JDK's; {@code null} for those
 * @param client what the client shows where it is asked; {@code null} for nothing
 */
public record Tls(
    Provider provider,
    Version minVersion,
    Version maxVersion,
    List<String> ciphers,
    String serverName,
    boolean insecure,
    boolean resumption,
    PublicFile authorities,
    ClientCertificate client) {
  /** What counts where a file says nothing. */
  public static final Tls DEFAULT =
      new Tls(
          Provider.AUTO, Version.TLS_1_2, Version.TLS_1_3, List.of(), "", false, true, null, null);

  public Tls {
    ciphers = List.copyOf(ciphers);
  }

  /** Whose code secures connections. */
  public enum Provider {
    /** BoringSSL where there is one, else the JDK. */
    AUTO(1),
    /** BoringSSL, through Netty's native library. */
    BORINGSSL(2),
    /** The JDK's engine. */
    JDK(3);

    private final int code;

    Provider(final int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }
  }

  /** Versions of the protocol; older ones are forbidden by RFC 8996. */
  public enum Version {
    /** RFC 5246. */
    TLS_1_2(0x0303, "TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3(0x0304, "TLSv1.3");

    private final int code;
    private final String protocol;

    Version(final int code, final String protocol) {
      this.code = code;
      this.protocol = protocol;
    }

    /** As on the wire. */
    public int code() {
      return code;
    }

    /** As the JDK calls it. */
    public String protocol() {
      return protocol;
    }
  }

  /**
   * A file without secrets.
   *
   * @param path from the folder of the scenario file, unless it is absolute
   * @param digest SHA-256 of its bytes, in hex; empty as long as it was not read
   */
  public record PublicFile(String path, String digest) {}

  /**
   * A certificate of the client, and where its key is.
   *
   * @param certificate the chain in PEM; {@code null} where {@code keyFile} is a PKCS#12 store with
   *     both
   * @param keyFile the key in PEM, or the store
   * @param passwordSecret name of the secret that opens it; empty where it needs none
   */
  public record ClientCertificate(PublicFile certificate, String keyFile, String passwordSecret) {
    /** Whether certificate and key are in one store. */
    public boolean isStore() {
      return certificate == null;
    }
  }

  /** The same with files that were read. */
  public Tls with(final PublicFile newAuthorities, final ClientCertificate newClient) {
    return new Tls(
        provider,
        minVersion,
        maxVersion,
        ciphers,
        serverName,
        insecure,
        resumption,
        newAuthorities,
        newClient);
  }
}
