package io.lockstep.scenario.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Reads files with certificates and keys. */
public final class TlsFiles {
  static final int MAX_BYTES = 4 << 20;

  private static final int DER_SEQUENCE = 0x30;
  private static final byte[] PROBE = {'l', 'o', 'c', 'k', 's', 't', 'e', 'p'};

  private TlsFiles() {}

  /** SHA-256 of a file's bytes, in hex. */
  public static String digest(final Path file) throws TlsFileException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(file)));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The certificates of a file in PEM or DER, at least one. */
  public static List<X509Certificate> certificates(final Path file) throws TlsFileException {
    final byte[] bytes = bytes(file);
    final List<X509Certificate> certificates = new ArrayList<>();
    if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
      certificates.add(certificate(bytes, 1));
    }
    for (final Pem.Block block : Pem.blocks(bytes)) {
      if (block.type().equals("CERTIFICATE") || block.type().equals("X509 CERTIFICATE")) {
        certificates.add(certificate(block.bytes(), certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsFileException(
          "it holds no certificate", "one in PEM begins with -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  /**
   * Checks as much of a key file in PEM as can be without its password.
   *
   * @param certificates whose first one must be the key's
   * @param hasPassword whether there will be one
   */
  public static void checkKey(
      final Path file, final List<X509Certificate> certificates, final boolean hasPassword)
      throws TlsFileException {
    final Pem.Block block = PrivateKeys.find(bytes(file));
    if (!PrivateKeys.isEncrypted(block)) {
      requirePair(PrivateKeys.read(block), certificates.get(0));
    } else if (hasPassword) {
      PrivateKeys.sealed(block);
    } else {
      throw new TlsFileException(
          "the key is encrypted, and there is no password for it",
          "name the secret that holds it: password: \"${secrets.NAME}\"");
    }
  }

  /** Checks as much of a PKCS#12 store as can be without its password: that it may be one. */
  public static void checkStore(final Path file) throws TlsFileException {
    final byte[] bytes = bytes(file);
    if (bytes.length < 4 || bytes[0] != DER_SEQUENCE) {
      throw new TlsFileException(
          "it is no PKCS#12 store", "one is made by: openssl pkcs12 -export -inkey KEY -in CERT");
    }
  }

  /**
   * A certificate and its key, both in PEM.
   *
   * @param password for a key that is encrypted; empty where there is none
   */
  public static ClientIdentity identity(
      final Path certificate, final Path keyFile, final char[] password) throws TlsFileException {
    final List<X509Certificate> chain = certificates(certificate);
    checkKey(keyFile, chain, password.length > 0);
    final Pem.Block block = PrivateKeys.find(bytes(keyFile));
    final PrivateKey key =
        PrivateKeys.isEncrypted(block)
            ? PrivateKeys.read(block, password)
            : PrivateKeys.read(block);
    requirePair(key, chain.get(0));
    return new ClientIdentity(key, chain);
  }

  /** A certificate and its key from a PKCS#12 store, which holds one pair. */
  public static ClientIdentity identity(final Path store, final char[] password)
      throws TlsFileException {
    checkStore(store);
    try (InputStream in = new ByteArrayInputStream(bytes(store))) {
      final KeyStore opened = KeyStore.getInstance("PKCS12");
      opened.load(in, password);
      return only(opened, password);
    } catch (final UnrecoverableKeyException e) {
      throw new TlsFileException("the password does not open its key", e);
    } catch (final IOException e) {
      // The JDK says "keystore password was incorrect" by this cause alone.
      throw new TlsFileException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "the password does not open it"
              : "it is broken, or no PKCS#12 store",
          e);
    } catch (final GeneralSecurityException e) {
      throw new TlsFileException("it is no PKCS#12 store that this JDK can read", e);
    }
  }

  private static ClientIdentity only(final KeyStore store, final char[] password)
      throws GeneralSecurityException, TlsFileException {
    final List<String> keys = new ArrayList<>();
    for (final String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw new TlsFileException("it holds " + keys.size() + " private keys, not one");
    }
    final List<X509Certificate> chain = new ArrayList<>();
    for (final Certificate one : store.getCertificateChain(keys.get(0))) {
      chain.add((X509Certificate) one);
    }
    final PrivateKey key = (PrivateKey) store.getKey(keys.get(0), password);
    requirePair(key, chain.get(0));
    return new ClientIdentity(key, chain);
  }

  private static X509Certificate certificate(final byte[] der, final int number)
      throws TlsFileException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (final CertificateException e) {
      throw new TlsFileException("its certificate number " + number + " is broken", e);
    }
  }

  /** A key belongs to a certificate if what the one signs holds by the other. */
  private static void requirePair(final PrivateKey key, final X509Certificate certificate)
      throws TlsFileException {
    boolean pair = false;
    try {
      final Signature signing = Signature.getInstance(algorithm(key));
      signing.initSign(key);
      signing.update(PROBE);
      final byte[] signature = signing.sign();
      final PublicKey publicKey = certificate.getPublicKey();
      signing.initVerify(publicKey);
      signing.update(PROBE);
      pair = signing.verify(signature);
    } catch (final GeneralSecurityException e) {
      pair = false; // of another kind than the key
    }
    if (!pair) {
      throw new TlsFileException(
          "it is not the key of the certificate of " + certificate.getSubjectX500Principal());
    }
  }

  private static String algorithm(final PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static byte[] bytes(final Path file) throws TlsFileException {
    if (Files.isDirectory(file)) {
      throw new TlsFileException("it is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      final byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new TlsFileException("it has more than " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (final NoSuchFileException e) {
      throw new TlsFileException(
          "there is no such file", e, "paths are relative to the scenario file");
    } catch (final AccessDeniedException e) {
      throw new TlsFileException("there is no permission to read it", e);
    } catch (final IOException e) {
      throw new TlsFileException("it cannot be read: " + e.getMessage(), e);
    }
  }
}
