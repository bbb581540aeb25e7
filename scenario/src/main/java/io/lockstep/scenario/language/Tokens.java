package io.lockstep.scenario.language;

import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.UnitType;
import io.lockstep.scenario.read.Values;
import io.lockstep.scenario.tree.MapNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens of OAuth 2.0 clients, as the origin of a secret. */
final class Tokens {
  static final String CLIENT_SECRET_KEY = "client_secret";

  private static final long RENEW_BEFORE_NS = 30_000_000_000L;
  private static final long MAX_RENEW_BEFORE_NS = 86_400_000_000_000L;

  private static final Key<String> URL =
      Key.required(
          "token_url",
          new TextType("a URL such as https://id.example/oauth/token", false, Tokens::urlFault),
          "where the token is asked for");
  private static final Key<String> CLIENT_ID =
      Key.required(
          "client_id", new TextType("a client's id", false, Tokens::textFault), "who asks");
  private static final Key<String> CLIENT_SECRET =
      Key.required(
          CLIENT_SECRET_KEY,
          new TextType("the name of a secret", false, Tokens::textFault),
          "name of another secret, which the client shows");
  private static final Key<String> SCOPE =
      Key.optional(
          "scope",
          new TextType("scopes, with blanks between them", false, Tokens::textFault),
          "what the token is to be good for");
  private static final Key<String> AUDIENCE =
      Key.optional(
          "audience",
          new TextType("an audience", false, Tokens::textFault),
          "whom the token is to be shown to, where the server wants to know");
  private static final Key<Boolean> STYLE =
      Key.optional(
          "style",
          new EnumType<>(styles()),
          false,
          "basic",
          "where the client shows its secret: in a header, or in the body");
  private static final Key<Long> RENEW_BEFORE =
      Key.optional(
          "renew_before",
          UnitType.duration(1, MAX_RENEW_BEFORE_NS),
          RENEW_BEFORE_NS,
          "30s",
          "how long before its end the next token is fetched, at most half of its time");

  static final ObjectType<Secret.Origin> TYPE =
      new ObjectType<>(
          "`oauth2`",
          List.of(URL, CLIENT_ID, CLIENT_SECRET, SCOPE, AUDIENCE, STYLE, RENEW_BEFORE),
          Tokens::token);

  private Tokens() {}

  private static Map<String, Boolean> styles() {
    final Map<String, Boolean> inBodyByWord = new LinkedHashMap<>();
    inBodyByWord.put("basic", false);
    inBodyByWord.put("body", true);
    return inBodyByWord;
  }

  private static Secret.Origin token(final Values v) {
    return new Secret.Token(
        v.get(URL),
        v.get(CLIENT_ID),
        v.get(CLIENT_SECRET),
        Optional.ofNullable(v.get(SCOPE)),
        Optional.ofNullable(v.get(AUDIENCE)),
        v.get(STYLE),
        v.get(RENEW_BEFORE));
  }

  /** Whether each client's secret is one of the file's that is no token itself. */
  static boolean clientsExist(
      final Map<String, Secret.Origin> originByName, final MapNode node, final Reading in) {
    boolean exist = true;
    for (final Map.Entry<String, Secret.Origin> secret : originByName.entrySet()) {
      if (secret.getValue() instanceof Secret.Token token
          && (originByName.get(token.clientSecret()) == null
              || originByName.get(token.clientSecret()) instanceof Secret.Token)) {
        final MapNode block =
            (MapNode) ((MapNode) node.get(secret.getKey())).get(Secrecy.TOKEN_KEY);
        in.bad(
            block.get(CLIENT_SECRET_KEY),
            "there is no secret `" + token.clientSecret() + "` with a value of its own",
            "name one of `secrets` that has `env` or `file`");
        exist = false;
      }
    }
    return exist;
  }

  private static Optional<String> urlFault(final String url) {
    try {
      final URI uri = new URI(url);
      final boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.empty()
          : Optional.of("is no http:// or https:// URL");
    } catch (final URISyntaxException e) {
      return Optional.of("is no URL: " + e.getReason());
    }
  }

  private static Optional<String> textFault(final String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("is blank, or has a control character in it");
    }
    return text.contains("${")
        ? Optional.of("is a template, which nothing here can be")
        : Optional.empty();
  }
}
