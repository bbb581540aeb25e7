package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Auth;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.plan.AwsHeaders;
import io.lockstep.scenario.plan.DigestCredentials;
import io.lockstep.scenario.plan.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request gets besides its own parts, as templates: what says who asks, of which type its
 * body is and that it waits, and its trace context. Since they are templates like any other, all
 * that holds for those holds for them: secrets stay out of the logical request, and what is random
 * is drawn from the seed.
 */
final class AddedParts {
  private static final String AUTHORIZATION = "Authorization";
  private static final String TRACEPARENT = "traceparent";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String EXPECT = "Expect";
  private static final String CONTINUE = "100-continue";

  /** Version, trace id, span id, and that the trace is sampled (W3C Trace Context, 3.2). */
  private static final String TRACE_CONTEXT = "00-${trace_id}-${hex(16)}-01";

  private final Request request;
  private final BodyParts body;
  private final ExpressionCompiler expressions;
  private final List<Field> fields = new ArrayList<>();
  private final Optional<SourceTemplate> path;
  private final QueryParts query;
  private Optional<Auth.AwsSignature> signature = Optional.empty();
  private boolean digest;

  /** A header and what it says. */
  record Field(String name, SourceTemplate value) {}

  private AddedParts(
      final LoadTest test,
      final Request request,
      final BodyParts body,
      final ExpressionCompiler expressions) {
    this.request = request;
    this.body = body;
    this.expressions = expressions;
    query = new QueryParts(request, expressions);
    request.templates().parameters().forEach(query::add);
    request.templates().auth().or(() -> test.headerTemplates().auth()).ifPresent(this::add);
    path = query.path();
    body.contentType()
        .filter(type -> body.isTypeFixed() || !hasOwn(CONTENT_TYPE))
        .ifPresent(type -> fields.add(new Field(CONTENT_TYPE, SourceTemplate.literal(type))));
    if (request.continueNs().isPresent() && !hasOwn(EXPECT)) {
      fields.add(new Field(EXPECT, SourceTemplate.literal(CONTINUE)));
    }
    final boolean traced =
        request
            .templates()
            .traceparent()
            .or(() -> test.headerTemplates().traceparent())
            .orElse(false);
    if (traced
        && Stream.concat(test.headers().stream(), request.headers().stream())
            .noneMatch(header -> isNamed(header, TRACEPARENT))) {
      fields.add(new Field(TRACEPARENT, template(TRACE_CONTEXT)));
    }
  }

  /** What is added to a request. */
  static AddedParts of(
      final LoadTest test,
      final Request request,
      final BodyParts body,
      final ExpressionCompiler expressions) {
    return new AddedParts(test, request, body, expressions);
  }

  private boolean hasOwn(final String name) {
    return request.headers().stream().anyMatch(header -> isNamed(header, name));
  }

  private static SourceTemplate template(final String text) {
    return SourceTemplate.made(text, SourceTemplate.literal(""));
  }

  private void add(final Auth auth) {
    if (auth instanceof Auth.Basic basic) {
      addPair("Basic ", basic.user(), basic.password());
    } else if (auth instanceof Auth.Digest pair) {
      digest = !hasOwn(AUTHORIZATION);
      addPair(DigestCredentials.SCHEME, pair.user(), pair.password());
    } else if (auth instanceof Auth.Bearer bearer) {
      if (isRight(bearer.token())) {
        addField(AUTHORIZATION, "Bearer " + bearer.token().text(), bearer.token());
      }
    } else if (auth instanceof Auth.HeaderKey key) {
      if (isRight(key.key())) {
        addField(key.header(), key.key().text(), key.key());
      }
    } else if (auth instanceof Auth.QueryKey key) {
      query.add(key.parameter(), key.key());
    } else if (auth instanceof Auth.AwsSignature aws) {
      if (isRight(aws.accessKey()) && isRight(aws.secretKey())) {
        addSignature(aws);
      }
    } else if (!(auth instanceof Auth.None)) {
      throw new IllegalArgumentException("nothing adds " + auth);
    }
  }

  private void addPair(
      final String scheme, final SourceTemplate user, final SourceTemplate password) {
    if (isRight(user) && isRight(password)) {
      final String both = user.expression() + " + \":\" + " + password.expression();
      addField(AUTHORIZATION, scheme + "${base64(" + both + ")}", password);
    }
  }

  /** Whether all is right with a part; reports what is not, where it is. */
  private boolean isRight(final SourceTemplate part) {
    return part.compile(expressions.symbols(), expressions.in()) != null;
  }

  /** The request's own header of that name says more than the file's way of asking. */
  private void addField(final String name, final String value, final SourceTemplate part) {
    if (!hasOwn(name)) {
      fields.add(new Field(name, SourceTemplate.made(value, part)));
    }
  }

  /** What depends on the time and the target stands by name; what is sent has it in its place. */
  private void addSignature(final Auth.AwsSignature aws) {
    if (hasOwn(AUTHORIZATION)) {
      return;
    }
    if (body.files().size() > 0 && body.isTypeFixed()) {
      expressions
          .in()
          .conflict(
              body.files().get(0).reference().offset(),
              "a multipart body with files cannot be signed with `aws_sigv4`",
              "send the file alone, as `body_file`");
    }
    signature = Optional.of(aws);
    fields.add(new Field(AwsHeaders.DATE, byName("amz_date")));
    if (aws.service().equals(AwsHeaders.S3)) {
      fields.add(new Field(AwsHeaders.CONTENT_DIGEST, byName("amz_content_sha256")));
    }
    aws.sessionToken()
        .filter(this::isRight)
        .ifPresent(token -> fields.add(new Field(AwsHeaders.TOKEN, token)));
    fields.add(
        new Field(
            AUTHORIZATION,
            SourceTemplate.made(
                "AWS4-HMAC-SHA256 Credential="
                    + aws.accessKey().text()
                    + "/"
                    + aws.region()
                    + "/"
                    + aws.service()
                    + ", Signature=$${amz_signature}",
                aws.accessKey())));
  }

  private static SourceTemplate byName(final String name) {
    return SourceTemplate.literal("${" + name + "}");
  }

  private static boolean isNamed(final Header header, final String name) {
    return header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the file's header of this name gives way. */
  boolean replaces(final Header header) {
    return fields.stream().anyMatch(field -> isNamed(header, field.name()));
  }

  /** Headers, in their order. */
  List<Field> fields() {
    return fields;
  }

  /** Whether it answers challenges. */
  boolean answersChallenges() {
    return digest;
  }

  /** What signs it, if anything. */
  Optional<Auth.AwsSignature> signature() {
    return signature;
  }

  /** The template of the path, with what is added. */
  Optional<SourceTemplate> path() {
    return path;
  }
}
