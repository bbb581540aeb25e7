package io.lockstep.scenario.language;

import io.lockstep.scenario.document.Paths;
import io.lockstep.scenario.plan.Tls;
import io.lockstep.scenario.plan.Tls.ClientCertificate;
import io.lockstep.scenario.plan.Tls.PublicFile;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ListType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How connections to an {@code https://} target are secured. */
public final class Securing {
  /** Name of the block in a file. */
  public static final String BLOCK = "tls";

  static final String CA_KEY = "ca";
  static final String CLIENT_KEY = "client_certificate";
  static final String CERTIFICATE_KEY = "certificate";
  static final String KEY_KEY = "key";
  static final String STORE_KEY = "pkcs12";
  static final String PASSWORD_KEY = "password";

  private static final int MAX_CIPHERS = 100;
  private static final Pattern CIPHER = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
  private static final Pattern SECRET =
      Pattern.compile("\\$\\{\\s*secrets\\.([A-Za-z_][A-Za-z0-9_]*)\\s*}");

  private static final TextType PATH =
      new TextType("a path such as certificates/ca.pem", false, Securing::pathFault);

  private static final Key<Tls.Provider> PROVIDER =
      Key.optional(
          "provider",
          new EnumType<>(providers()),
          Tls.Provider.AUTO,
          "auto",
          "whose code does it: BoringSSL where there is one, else the JDK's");
  private static final Key<Tls.Version> MIN_VERSION =
      Key.optional(
          "min_version",
          new EnumType<>(versions()),
          Tls.Version.TLS_1_2,
          "1.2",
          "oldest version of TLS that is offered");
  private static final Key<Tls.Version> MAX_VERSION =
      Key.optional(
          "max_version",
          new EnumType<>(versions()),
          Tls.Version.TLS_1_3,
          "1.3",
          "newest version of TLS that is offered");
  private static final Key<List<String>> CIPHERS =
      Key.optional(
          "ciphers",
          new ListType<>(
              "cipher suites",
              new TextType(
                  "a cipher suite such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                  false,
                  text ->
                      CIPHER.matcher(text).matches()
                          ? Optional.empty()
                          : Optional.of("is no name of a cipher suite")),
              MAX_CIPHERS),
          List.of(),
          "[]",
          "cipher suites that are offered, the best first; the provider's own by default");
  private static final Key<String> SERVER_NAME =
      Key.optional(
          "server_name",
          new TextType(
              "a host name such as shop.example.com",
              false,
              text ->
                  HOST.matcher(text).matches() ? Optional.empty() : Optional.of("is no host name")),
          "",
          "",
          "name that is asked for (SNI) and that the certificate must have; the target's host by"
              + " default");
  private static final Key<String> CA =
      Key.optional(
          CA_KEY,
          PATH,
          "file with the certificates that are trusted, in PEM; the JDK's own by default");
  private static final Key<Boolean> INSECURE =
      Key.optional(
          "insecure",
          Booleans.TYPE,
          false,
          "false",
          "take any certificate, whoever it is from and whatever it is for");
  private static final Key<Boolean> RESUMPTION =
      Key.optional(
          "resumption",
          Booleans.TYPE,
          true,
          "true",
          "resume the session of an earlier connection, as browsers do; false for a full handshake"
              + " each time");

  private static final Key<String> CERTIFICATE =
      Key.optional(CERTIFICATE_KEY, PATH, "the client's certificate and its issuers, in PEM");
  private static final Key<String> KEY =
      Key.optional(KEY_KEY, PATH, "its private key, in PEM; never copied and never journaled");
  private static final Key<String> STORE =
      Key.optional(STORE_KEY, PATH, "a PKCS#12 store with both; never copied and never journaled");
  private static final Key<String> PASSWORD =
      Key.optional(
          PASSWORD_KEY,
          new TextType("a secret such as ${secrets.key_password}", false, Securing::passwordFault),
          "",
          "",
          "the secret that opens the key or the store, as `${secrets.NAME}`");

  private static final Key<ClientCertificate> CLIENT =
      Key.optional(
          CLIENT_KEY,
          new ObjectType<>(
              "a client certificate",
              List.of(CERTIFICATE, KEY, STORE, PASSWORD),
              List.of(new Rule(List.of(CERTIFICATE, KEY, STORE), Securing::isWhole)),
              Securing::client),
          "what the client shows to a server that asks for a certificate");

  static final ObjectType<Tls> TYPE =
      new ObjectType<>(
          "`tls`",
          List.of(
              PROVIDER,
              MIN_VERSION,
              MAX_VERSION,
              CIPHERS,
              SERVER_NAME,
              CA,
              INSECURE,
              CLIENT,
              RESUMPTION),
          List.of(
              new Rule(List.of(MIN_VERSION, MAX_VERSION), Securing::versionsAreARange),
              new Rule(List.of(CA, INSECURE), Securing::trustIsOneThing)),
          Securing::tls);

  private Securing() {}

  private static Map<String, Tls.Provider> providers() {
    final Map<String, Tls.Provider> byWord = new LinkedHashMap<>();
    byWord.put("auto", Tls.Provider.AUTO);
    byWord.put("boringssl", Tls.Provider.BORINGSSL);
    byWord.put("jdk", Tls.Provider.JDK);
    return byWord;
  }

  private static Map<String, Tls.Version> versions() {
    final Map<String, Tls.Version> byWord = new LinkedHashMap<>();
    byWord.put("1.2", Tls.Version.TLS_1_2);
    byWord.put("1.3", Tls.Version.TLS_1_3);
    return byWord;
  }

  private static Optional<String> pathFault(final String path) {
    return !path.isBlank() && Paths.resolve("", path).isPresent()
        ? Optional.empty()
        : Optional.of("is not a path");
  }

  private static Optional<String> passwordFault(final String text) {
    return SECRET.matcher(text).matches()
        ? Optional.empty()
        : Optional.of("is no secret: a password never stands in a scenario file");
  }

  private static boolean isWhole(final Values v) {
    if (v.has(STORE) && (v.has(CERTIFICATE) || v.has(KEY))) {
      v.in().conflict(v.offset(STORE), "a store holds certificate and key: give one or the other");
      return false;
    }
    if (!v.has(STORE) && !(v.has(CERTIFICATE) && v.has(KEY))) {
      v.in()
          .missing(
              v.offset(),
              "a client certificate needs `certificate` and `key`, or `pkcs12`",
              "a file in PEM that holds both can be given twice");
      return v.in().isPart();
    }
    return true;
  }

  private static boolean versionsAreARange(final Values v) {
    if (v.get(MIN_VERSION).code() > v.get(MAX_VERSION).code()) {
      v.in().conflict(v.offset(MAX_VERSION), "`max_version` is older than `min_version`");
      return false;
    }
    return true;
  }

  private static boolean trustIsOneThing(final Values v) {
    if (v.has(CA) && v.get(INSECURE)) {
      v.in()
          .conflict(
              v.offset(INSECURE), "with `insecure` any certificate is taken: `ca` says nothing");
      return false;
    }
    return true;
  }

  private static ClientCertificate client(final Values v) {
    return new ClientCertificate(
        v.has(CERTIFICATE) ? new PublicFile(path(v, CERTIFICATE), "") : null,
        v.has(STORE) ? path(v, STORE) : v.has(KEY) ? path(v, KEY) : "",
        secret(v.get(PASSWORD)));
  }

  private static String secret(final String text) {
    final Matcher secret = SECRET.matcher(text);
    return secret.matches() ? secret.group(1) : "";
  }

  private static String path(final Values v, final Key<String> key) {
    return Paths.resolve(v.in().source(v.node(key)).folder(), v.get(key))
        .orElseThrow(() -> new IllegalStateException("no path after the check of the path"));
  }

  private static Tls tls(final Values v) {
    return new Tls(
        v.get(PROVIDER),
        v.get(MIN_VERSION),
        v.get(MAX_VERSION),
        v.get(CIPHERS),
        v.get(SERVER_NAME),
        v.get(INSECURE),
        v.get(RESUMPTION),
        v.has(CA) ? new PublicFile(path(v, CA), "") : null,
        v.get(CLIENT));
  }

  /** Whether the password names one of the secrets; reports where it does not. */
  static boolean passwordExists(
      final Tls tls, final Node block, final Set<String> secrets, final Values v) {
    final String secret = tls.client() == null ? "" : tls.client().passwordSecret();
    if (secret.isEmpty() || secrets.contains(secret)) {
      return true;
    }
    v.in()
        .bad(
            offset(block, CLIENT_KEY, PASSWORD_KEY),
            "there is no secret `" + secret + "`",
            "declare it: secrets: {" + secret + ": {env: A_VARIABLE}}");
    return false;
  }

  /** Where a key below a node stands, or the last one on the way to it that is there. */
  static int offset(final Node from, final String... keys) {
    Node at = from;
    for (final String key : keys) {
      final Node next = at instanceof MapNode map ? map.get(key) : null;
      if (next == null) {
        return at.offset();
      }
      at = next;
    }
    return at.offset();
  }

  /** Where a file of the block is named in a whole file. */
  public static int fileOffset(final Node root, final String... keys) {
    return offset(root instanceof MapNode map ? map.get(BLOCK) : root, keys);
  }
}
