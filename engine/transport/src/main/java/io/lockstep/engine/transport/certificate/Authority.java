package io.lockstep.engine.transport.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Issues certificates, RFC 5280, with keys on the curve P-256. Its own certificate is issued by
 * itself.
 */
public final class Authority {
  private static final int[] COMMON_NAME = {2, 5, 4, 3};
  private static final int[] BASIC_CONSTRAINTS = {2, 5, 29, 19};
  private static final int[] ALTERNATIVE_NAMES = {2, 5, 29, 17};
  private static final int[] ECDSA_SHA256 = {1, 2, 840, 10045, 4, 3, 2};
  private static final byte[] VERSION_3 = Der.of(0xA0, Der.integer(new byte[] {2}));
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final int EXTENSIONS = 0xA3;
  private static final int SERIAL_BITS = 120;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final String name;
  private final IssuedCertificate own;

  private Authority(final String name, final IssuedCertificate own) {
    this.name = name;
    this.own = own;
  }

  /** An authority whose certificate holds for ten years around a time. */
  public static Authority create(final String name, final Instant now) {
    final KeyPair keys = keys();
    final X509Certificate certificate =
        certificate(
            name,
            name,
            keys,
            keys.getPrivate(),
            now.minus(1, ChronoUnit.DAYS),
            now.plus(3650, ChronoUnit.DAYS),
            List.of(),
            true);
    return new Authority(name, new IssuedCertificate(certificate, keys.getPrivate()));
  }

  /** The authority's own. */
  public IssuedCertificate own() {
    return own;
  }

  /**
   * A certificate of this authority.
   *
   * @param subject its common name
   * @param names host names and addresses that it is for; none for a client's
   */
  public IssuedCertificate issue(
      final String subject, final Instant from, final Instant until, final List<String> names) {
    final KeyPair keys = keys();
    return new IssuedCertificate(
        certificate(name, subject, keys, own.key(), from, until, names, false), keys.getPrivate());
  }

  /** A certificate that is issued by itself, in the same form. */
  public static IssuedCertificate selfSigned(
      final String subject, final Instant from, final Instant until, final List<String> names) {
    final KeyPair keys = keys();
    return new IssuedCertificate(
        certificate(subject, subject, keys, keys.getPrivate(), from, until, names, false),
        keys.getPrivate());
  }

  private static KeyPair keys() {
    try {
      final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has the curve P-256", e);
    }
  }

  private static X509Certificate certificate(
      final String issuer,
      final String subject,
      final KeyPair keys,
      final PrivateKey issuerKey,
      final Instant from,
      final Instant until,
      final List<String> names,
      final boolean isAuthority) {
    final byte[] algorithm = Der.of(Der.SEQUENCE, Der.oid(ECDSA_SHA256));
    final byte[] content =
        Der.of(
            Der.SEQUENCE,
            VERSION_3,
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).toByteArray()),
            algorithm,
            name(issuer),
            Der.of(Der.SEQUENCE, Der.time(from), Der.time(until)),
            name(subject),
            keys.getPublic().getEncoded(),
            Der.of(EXTENSIONS, Der.of(Der.SEQUENCE, extensions(names, isAuthority))));
    try {
      final Signature signing = Signature.getInstance("SHA256withECDSA");
      signing.initSign(issuerKey);
      signing.update(content);
      final byte[] whole = Der.of(Der.SEQUENCE, content, algorithm, Der.bits(signing.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of our own making is no certificate", e);
    }
  }

  private static byte[] name(final String commonName) {
    return Der.of(
        Der.SEQUENCE,
        Der.of(Der.SET, Der.of(Der.SEQUENCE, Der.oid(COMMON_NAME), Der.text(commonName))));
  }

  private static byte[][] extensions(final List<String> names, final boolean isAuthority) {
    final List<byte[]> all = new ArrayList<>();
    all.add(
        Der.of(
            Der.SEQUENCE,
            Der.oid(BASIC_CONSTRAINTS),
            Der.isTrue(),
            Der.of(
                Der.OCTET_STRING,
                isAuthority ? Der.of(Der.SEQUENCE, Der.isTrue()) : Der.of(Der.SEQUENCE))));
    if (!names.isEmpty()) {
      final byte[][] encoded = names.stream().map(Authority::alternative).toArray(byte[][]::new);
      all.add(
          Der.of(
              Der.SEQUENCE,
              Der.oid(ALTERNATIVE_NAMES),
              Der.of(Der.OCTET_STRING, Der.of(Der.SEQUENCE, encoded))));
    }
    return all.toArray(byte[][]::new);
  }

  private static byte[] alternative(final String name) {
    if (!ADDRESS.matcher(name).matches()) {
      return Der.of(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
    try {
      return Der.of(IP_ADDRESS, InetAddress.getByName(name).getAddress());
    } catch (final UnknownHostException e) {
      throw new IllegalArgumentException(name + " is no address", e);
    }
  }
}
