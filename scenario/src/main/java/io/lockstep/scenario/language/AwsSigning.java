package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Auth;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Values;
import java.util.List;
import java.util.Optional;

/** Signatures of requests as AWS wants them. */
final class AwsSigning {
  private static final Key<SourceTemplate> ACCESS_KEY =
      Key.required(
          "access_key",
          new CredentialType("an access key", AwsSigning::keyFault),
          "id of the key, which is sent");
  private static final Key<SourceTemplate> SECRET_KEY =
      Key.required(
          "secret_key",
          new CredentialType("a secret key", Authentication::valueFault),
          "the key itself, which is not: a secret, called by its name");
  private static final Key<SourceTemplate> SESSION_TOKEN =
      Key.optional(
          "session_token",
          new CredentialType("a session token", Authentication::valueFault),
          "token of a temporary key, in the header `X-Amz-Security-Token`");
  private static final Key<String> REGION =
      Key.required(
          "region",
          new TextType("a region such as eu-central-1", false, AwsSigning::scopeFault),
          "region of the service");
  private static final Key<String> SERVICE =
      Key.required(
          "service",
          new TextType("a service such as execute-api", false, AwsSigning::scopeFault),
          "name of the service; with `s3` the body's digest is in `X-Amz-Content-Sha256` too");

  static final ObjectType<Auth> TYPE =
      new ObjectType<>(
          "`aws_sigv4`",
          List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, REGION, SERVICE),
          AwsSigning::signature);

  private AwsSigning() {}

  private static Auth signature(final Values v) {
    return new Auth.AwsSignature(
        v.get(ACCESS_KEY),
        v.get(SECRET_KEY),
        Optional.ofNullable(v.get(SESSION_TOKEN)),
        v.get(REGION),
        v.get(SERVICE));
  }

  private static Optional<String> keyFault(final String key) {
    return key.matches("[A-Za-z0-9_.-]*")
        ? Optional.empty()
        : Optional.of("has a character in it that is none of an access key");
  }

  private static Optional<String> scopeFault(final String name) {
    return name.matches("[a-z0-9-]+")
        ? Optional.empty()
        : Optional.of("is no such name: lower-case letters, digits and -");
  }
}
