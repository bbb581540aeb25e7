package io.lockstep.scenario.language;

import io.lockstep.scenario.document.Paths;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Secrets: their names, and where a run gets their values from. */
final class Secrecy {
  static final int MAX_SECRETS = 1_000;

  private static final int MAX_NAME = 100;

  private static final Key<String> ENVIRONMENT =
      Key.optional(
          "env",
          new TextType("the name of a variable such as SHOP_TOKEN", false, Secrecy::variableFault),
          "variable of the environment that holds the value");
  private static final Key<String> FILE =
      Key.optional(
          "file",
          new TextType("a path such as token.txt", false, Secrecy::pathFault),
          "file that holds the value, relative to this one; a line break at its end is left out");

  static final String TOKEN_KEY = "oauth2";

  private static final Key<Secret.Origin> TOKEN =
      Key.optional(
          TOKEN_KEY,
          Tokens.TYPE,
          "token that a server gives to a client, fetched before a run and renewed in it");

  static final MapType<Secret.Origin> TYPE =
      new MapType<>(
          "secrets",
          Secrecy::nameFault,
          new ObjectType<>(
              "a secret",
              List.of(ENVIRONMENT, FILE, TOKEN),
              List.of(new Rule(List.of(ENVIRONMENT, FILE, TOKEN), Secrecy::hasOneOrigin)),
              Secrecy::origin),
          0,
          MAX_SECRETS);

  private Secrecy() {}

  /** A name that stands behind {@code secrets.} in an expression. */
  private static Optional<String> nameFault(final String name) {
    return name.length() <= MAX_NAME && name.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? Optional.empty()
        : Optional.of(
            "is no name of a secret: letters, digits and `_`, no digit first, at most " + MAX_NAME);
  }

  private static Optional<String> variableFault(final String name) {
    return name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0
        ? Optional.of("is no name of a variable")
        : Optional.empty();
  }

  private static Optional<String> pathFault(final String path) {
    return Paths.resolve("", path).isPresent() ? Optional.empty() : Optional.of("is not a path");
  }

  private static boolean hasOneOrigin(final Values v) {
    final List<Key<?>> said = Stream.<Key<?>>of(ENVIRONMENT, FILE, TOKEN).filter(v::has).toList();
    if (said.isEmpty()) {
      v.in()
          .missing(
              v.offset(),
              "a secret needs `env`, `file` or `oauth2`",
              "its value never stands in the file itself");
    }
    if (said.size() > 1) {
      v.in()
          .conflict(
              v.offset(said.get(1)),
              "a secret has one origin: `"
                  + said.get(0).name()
                  + "` or `"
                  + said.get(1).name()
                  + "`, not both");
    }
    return said.size() == 1;
  }

  private static Secret.Origin origin(final Values v) {
    if (v.has(ENVIRONMENT)) {
      return new Secret.Environment(v.get(ENVIRONMENT));
    }
    if (v.has(TOKEN)) {
      return v.get(TOKEN);
    }
    final String folder = v.in().source(v.node(FILE)).folder();
    return new Secret.File(
        Paths.resolve(folder, v.get(FILE))
            .orElseThrow(() -> new IllegalStateException("no path after the check of the path")));
  }
}
