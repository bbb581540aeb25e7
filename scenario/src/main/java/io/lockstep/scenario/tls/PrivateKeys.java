package io.lockstep.scenario.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Private keys in PEM: PKCS#8, plain or encrypted, and the older forms of RSA and of elliptic
 * curves, which are put into PKCS#8 since the JDK reads no other.
 */
final class PrivateKeys {
  private static final String PLAIN = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String RSA = "RSA PRIVATE KEY";
  private static final String EC = "EC PRIVATE KEY";

  /** Object identifiers of the algorithms, with their tags and lengths. */
  private static final byte[] RSA_OID = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01
  };

  private static final byte[] EC_OID = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };

  private static final byte[] NULL = {0x05, 0x00};
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int CURVE = 0xA0;
  private static final int OID = 0x06;
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private PrivateKeys() {}

  /** The block that holds the key. */
  static Pem.Block find(final byte[] file) throws TlsFileException {
    final List<Pem.Block> keys =
        Pem.blocks(file).stream().filter(block -> block.type().endsWith(PLAIN)).toList();
    if (keys.isEmpty()) {
      throw new TlsFileException(
          "it holds no private key", "a key in PEM begins with -----BEGIN PRIVATE KEY-----");
    }
    if (keys.size() > 1) {
      throw new TlsFileException("it holds " + keys.size() + " private keys, not one");
    }
    final Pem.Block key = keys.get(0);
    if (key.isLegacyEncrypted()) {
      throw new TlsFileException(
          "the key is encrypted in an old form of OpenSSL's own, which is not supported",
          "convert it: openssl pkcs8 -topk8 -in OLD -out NEW");
    }
    return key;
  }

  static boolean isEncrypted(final Pem.Block key) {
    return key.type().equals(ENCRYPTED);
  }

  /** Reads a key that is not encrypted. */
  static PrivateKey read(final Pem.Block key) throws TlsFileException {
    return switch (key.type()) {
      case PLAIN -> decode(key.bytes());
      case RSA -> decode(wrapped(concat(RSA_OID, NULL), key.bytes()));
      case EC -> decode(wrapped(concat(EC_OID, curve(key.bytes())), key.bytes()));
      default ->
          throw new TlsFileException(
              "a key in the form `" + key.type() + "` is not supported",
              "convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    };
  }

  /** Checks as much of an encrypted key as can be without its password. */
  static EncryptedPrivateKeyInfo sealed(final Pem.Block key) throws TlsFileException {
    try {
      return new EncryptedPrivateKeyInfo(key.bytes());
    } catch (final IOException e) {
      throw new TlsFileException("the encrypted key is broken");
    }
  }

  /** Reads an encrypted key. */
  static PrivateKey read(final Pem.Block key, final char[] password) throws TlsFileException {
    final EncryptedPrivateKeyInfo sealed = sealed(key);
    final byte[] opened;
    try {
      final AlgorithmParameters parameters = sealed.getAlgParameters();
      // The name of PBES2 says what it is made of only in the text of its parameters.
      final String algorithm =
          parameters == null
                  || !sealed.getAlgName().matches("PBES2|1\\.2\\.840\\.113549\\.1\\.5\\.13")
              ? sealed.getAlgName()
              : parameters.toString();
      final Cipher cipher = Cipher.getInstance(algorithm);
      final PBEKeySpec spec = new PBEKeySpec(password);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
          parameters);
      spec.clearPassword();
      opened = sealed.getKeySpec(cipher).getEncoded();
    } catch (final GeneralSecurityException e) {
      throw new TlsFileException(
          "the password does not open the key, or its encryption is not one that this JDK knows");
    }
    return decode(opened);
  }

  private static PrivateKey decode(final byte[] pkcs8) throws TlsFileException {
    for (final String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (final GeneralSecurityException notThisOne) {
        // The next one may be; what all of them refuse is named below, without what is in it.
      }
    }
    throw new TlsFileException(
        "the private key is broken, or of a kind that is not supported",
        "supported are RSA, elliptic curves and Ed25519");
  }

  /** PrivateKeyInfo of RFC 5208 around an older form. */
  private static byte[] wrapped(final byte[] algorithm, final byte[] key) {
    return der(
        SEQUENCE, concat(VERSION_0, concat(der(SEQUENCE, algorithm), der(OCTET_STRING, key))));
  }

  /** The identifier of the curve, from the parameters of an ECPrivateKey, RFC 5915. */
  private static byte[] curve(final byte[] key) throws TlsFileException {
    for (int i = 0; i + 4 < key.length; i++) {
      final int length = key[i + 1] & 0xFF;
      final boolean fits =
          length < 0x80
              && length > 2
              && i + 2 + length <= key.length
              && (key[i + 3] & 0xFF) == length - 2;
      if ((key[i] & 0xFF) == CURVE && key[i + 2] == OID && fits) {
        return Arrays.copyOfRange(key, i + 2, i + 2 + length);
      }
    }
    throw new TlsFileException(
        "the key does not say which curve it is of",
        "convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
  }

  private static byte[] der(final int tag, final byte[] content) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      final int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(content.length >> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(final byte[] first, final byte[] second) {
    final byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
