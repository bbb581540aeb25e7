package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Auth;
import io.lockstep.scenario.read.EnumType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.Rule;
import io.lockstep.scenario.read.ShorthandType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Type;
import io.lockstep.scenario.read.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How requests say who asks, and which trace they are part of. */
final class Authentication {
  private static final String AUTH_NAME = "auth";
  private static final String AUTHORIZATION = "Authorization";
  private static final String TRACEPARENT_NAME = "traceparent";

  private static final Key<SourceTemplate> USER =
      Key.required(
          "user", new CredentialType("a user name", Authentication::userFault), "without a colon");
  private static final Key<SourceTemplate> PASSWORD =
      Key.required(
          "password",
          new CredentialType("a password", Authentication::controlFault),
          "a secret should be called by its name, as in `${secrets.password}`");
  private static final Key<Auth.Basic> BASIC =
      Key.optional(
          "basic",
          new ObjectType<>(
              "`basic`",
              List.of(USER, PASSWORD),
              v -> new Auth.Basic(v.get(USER), v.get(PASSWORD))),
          "user and password, in the header `Authorization` (RFC 7617)");

  private static final Key<Auth.Digest> DIGEST =
      Key.optional(
          "digest",
          new ObjectType<>(
              "`digest`",
              List.of(USER, PASSWORD),
              v -> new Auth.Digest(v.get(USER), v.get(PASSWORD))),
          "user and password, to answer the challenge of a 401 (RFC 7616)");

  private static final Key<SourceTemplate> BEARER =
      Key.optional(
          "bearer",
          new CredentialType("a token", Authentication::valueFault),
          "a token, in the header `Authorization` (RFC 6750)");

  private static final Key<String> HEADER =
      Key.optional(
          "header",
          new TextType("a header such as X-Api-Key", false, HttpRules::headerNameFault),
          "header that has the key; or else `query`");
  private static final Key<String> QUERY =
      Key.optional(
          "query",
          new TextType("a name such as api_key", false, Authentication::parameterFault),
          "parameter of the query that has the key; or else `header`");
  private static final Key<SourceTemplate> VALUE =
      Key.required("value", new CredentialType("a key", Authentication::valueFault), "the key");
  private static final Key<Auth> API_KEY =
      Key.optional(
          "api_key",
          new ObjectType<>(
              "`api_key`",
              List.of(HEADER, QUERY, VALUE),
              List.of(new Rule(List.of(HEADER, QUERY), Authentication::hasOnePlace)),
              Authentication::apiKey),
          "a key in a header or in the query");

  private static final Key<Auth> AWS_SIGV4 =
      Key.optional(
          "aws_sigv4",
          AwsSigning.TYPE,
          "a signature of the request, AWS Signature Version 4, made when it is sent");

  private static final List<Key<?>> KINDS = List.of(BASIC, DIGEST, BEARER, API_KEY, AWS_SIGV4);

  private static final Type<Auth> TYPE =
      new ShorthandType<>(
          new ObjectType<>(
              "`auth`",
              KINDS,
              List.of(new Rule(KINDS, Authentication::hasOneKind)),
              Authentication::auth),
          new EnumType<>(Map.of("none", new Auth.None())));

  /** Of all requests, and of one. */
  static final Key<Auth> AUTH = Key.optional(AUTH_NAME, TYPE, "how all requests say who asks");

  static final Key<Auth> OWN_AUTH =
      Key.optional(AUTH_NAME, TYPE, "how it says who asks; as the file says by default");

  /** Of all requests, and of one. */
  static final Key<Boolean> TRACEPARENT =
      Key.optional(
          TRACEPARENT_NAME,
          Booleans.TYPE,
          false,
          "false",
          "whether requests have a header `traceparent` (W3C Trace Context), drawn from the seed");

  static final Key<Boolean> OWN_TRACEPARENT =
      Key.optional(
          TRACEPARENT_NAME,
          Booleans.TYPE,
          "whether it has a header `traceparent`; as the file says by default");

  private Authentication() {}

  /** A rule for what has both keys: two things that say who asks are one too many. */
  static Rule apartFrom(final Key<RequestHeadersType.Read> headers, final Key<Auth> auth) {
    return new Rule(List.of(headers, auth), v -> isApart(headers, auth, v));
  }

  private static boolean isApart(
      final Key<RequestHeadersType.Read> headers, final Key<Auth> auth, final Values v) {
    final Optional<String> name = v.has(auth) ? header(v.get(auth)) : Optional.empty();
    if (name.isEmpty()
        || v.get(headers).headers().stream()
            .noneMatch(h -> h.name().equalsIgnoreCase(name.get()))) {
      return true;
    }
    v.in()
        .conflict(
            v.offset(auth),
            "`auth` and `headers` both say what `" + name.get() + "` is",
            "leave one of them out");
    return false;
  }

  /** The header that it is in. */
  static Optional<String> header(final Auth auth) {
    if (auth instanceof Auth.HeaderKey key) {
      return Optional.of(key.header());
    }
    return auth instanceof Auth.None || auth instanceof Auth.QueryKey
        ? Optional.empty()
        : Optional.of(AUTHORIZATION);
  }

  private static boolean hasOneKind(final Values v) {
    final List<Key<?>> said = KINDS.stream().filter(v::has).toList();
    if (said.isEmpty()) {
      v.in()
          .missing(
              v.offset(),
              "`auth` needs `basic`, `digest`, `bearer`, `api_key` or `aws_sigv4`",
              "or say `auth: none`, for a request that says nothing of who asks");
    }
    if (said.size() > 1) {
      v.in()
          .conflict(
              v.offset(said.get(1)),
              "`auth` has one kind, not `"
                  + said.get(0).name()
                  + "` and `"
                  + said.get(1).name()
                  + "`");
    }
    return said.size() == 1;
  }

  private static Auth auth(final Values v) {
    if (v.has(BASIC)) {
      return v.get(BASIC);
    }
    if (v.has(DIGEST)) {
      return v.get(DIGEST);
    }
    if (v.has(BEARER)) {
      return new Auth.Bearer(v.get(BEARER));
    }
    return v.get(v.has(API_KEY) ? API_KEY : AWS_SIGV4);
  }

  private static boolean hasOnePlace(final Values v) {
    if (!v.has(HEADER) && !v.has(QUERY)) {
      v.in()
          .missing(
              v.offset(), "`api_key` needs `header` or `query`", "the name of what has the key");
    }
    if (v.has(HEADER) && v.has(QUERY)) {
      v.in().conflict(v.offset(QUERY), "a key is in one place: `header` or `query`, not both");
    }
    return v.has(HEADER) != v.has(QUERY);
  }

  private static Auth apiKey(final Values v) {
    return v.has(HEADER)
        ? new Auth.HeaderKey(v.get(HEADER), v.get(VALUE))
        : new Auth.QueryKey(v.get(QUERY), v.get(VALUE));
  }

  /** RFC 7617, section 2: the first colon ends the name. */
  private static Optional<String> userFault(final String user) {
    return user.indexOf(':') >= 0
        ? Optional.of("has a colon in it, which would end the name")
        : controlFault(user);
  }

  private static Optional<String> controlFault(final String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == 0x7F)
        ? Optional.of("has a control character in it")
        : Optional.empty();
  }

  static Optional<String> valueFault(final String value) {
    return HttpRules.headerValueFault(value);
  }

  private static Optional<String> parameterFault(final String name) {
    return name.matches("[A-Za-z0-9._~-]+")
        ? Optional.empty()
        : Optional.of("is not a name of a parameter: letters, digits and ._~-");
  }
}
