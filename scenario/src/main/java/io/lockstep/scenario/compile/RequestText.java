package io.lockstep.scenario.compile;

import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.language.HttpRules;
import io.lockstep.scenario.model.Auth;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Templates;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The texts of a request. Templates that always come to the same text are that text, so that such a
 * request is encoded once; the others stand in the plan as they are spelled.
 */
final class RequestText {
  private final Logic.Text path;
  private final Logic.Text body;
  private final List<Logic.Text> afterFiles = new ArrayList<>();
  private final List<BodyFile> files = new ArrayList<>();
  private final List<Logic.Text> values = new ArrayList<>();
  private final List<Header> headers = new ArrayList<>();
  private final Optional<Logic.Signing> signing;
  private final boolean dynamic;

  private RequestText(
      final Request request,
      final List<Header> given,
      final Templates defaults,
      final AddedParts added,
      final BodyParts parts,
      final StepPath at,
      final ExpressionCompiler expressions) {
    final Templates own = request.templates();
    path = text(request.path(), added.path(), at.site("path"), HttpRules::pathFault, expressions);
    boolean changes = !path.template().isConstant();
    for (final Header header : given) {
      if (added.replaces(header)) {
        continue;
      }
      final boolean isOwn = request.headers().contains(header);
      final Optional<SourceTemplate> template =
          Optional.ofNullable((isOwn ? own : defaults).headerByName().get(header.name()));
      final long site = at.site("header", header.name());
      final Logic.Text value =
          text(header.value(), template, site, HttpRules::headerValueFault, expressions);
      values.add(value);
      headers.add(new Header(header.name(), spelled(value.template())));
      changes |= !value.template().isConstant();
    }
    for (final AddedParts.Field field : added.fields()) {
      final Logic.Text value =
          text(
              "",
              Optional.of(field.value()),
              at.site("header", field.name()),
              HttpRules::headerValueFault,
              expressions);
      values.add(value);
      headers.add(new Header(field.name(), spelled(value.template())));
      changes |= !value.template().isConstant();
    }
    body = text(parts, 0, expressions);
    for (int i = 0; i < parts.files().size(); i++) {
      final BodyParts.Found file = parts.files().get(i);
      final Logic.Text after = text(parts, i + 1, expressions);
      afterFiles.add(after);
      files.add(
          new BodyFile(
              file.reference().path(),
              file.facts().digest(),
              file.facts().bytes(),
              spelled(after.template())));
      changes |= !after.template().isConstant();
    }
    signing = added.signature().map(aws -> signing(aws, at, expressions));
    dynamic = changes || signing.isPresent() || !body.template().isConstant();
  }

  private static Logic.Signing signing(
      final Auth.AwsSignature aws, final StepPath at, final ExpressionCompiler expressions) {
    return new Logic.Signing(
        new Logic.Text(expressions.template(aws.accessKey()), at.site("auth", "access_key")),
        new Logic.Text(expressions.template(aws.secretKey()), at.site("auth", "secret_key")),
        aws.region(),
        aws.service());
  }

  /**
   * Compiles the texts of a request.
   *
   * @param headers its own, and those of the file
   * @param defaults templates of the file's headers
   * @param added what it gets besides
   * @param parts of its body
   * @param path where the request is
   */
  static RequestText of(
      final Request request,
      final List<Header> headers,
      final Templates defaults,
      final AddedParts added,
      final BodyParts parts,
      final StepPath path,
      final ExpressionCompiler expressions) {
    return new RequestText(request, headers, defaults, added, parts, path, expressions);
  }

  private static Logic.Text text(
      final BodyParts parts, final int text, final ExpressionCompiler expressions) {
    return text(
        "",
        Optional.of(parts.texts().get(text)),
        parts.site(text),
        any -> Optional.empty(),
        expressions);
  }

  private static Logic.Text text(
      final String literal,
      final Optional<SourceTemplate> source,
      final long site,
      final Function<String, Optional<String>> fault,
      final ExpressionCompiler expressions) {
    if (source.isEmpty()) {
      return new Logic.Text(Template.constant(literal), site);
    }
    final Template compiled = expressions.template(source.get());
    if (compiled.isConstant() && !compiled.constant().isEmpty()) {
      fault
          .apply(compiled.constant())
          .ifPresent(
              clause ->
                  source
                      .get()
                      .reject(
                          expressions.in(),
                          "this always comes to a text that " + clause,
                          "the text is `" + compiled.constant() + "`"));
    }
    return new Logic.Text(compiled, site);
  }

  private static String spelled(final Template template) {
    return template.isConstant() ? template.constant() : template.text();
  }

  String path() {
    return spelled(path.template());
  }

  /** Its body, up to the first file in it. */
  String body() {
    return spelled(body.template());
  }

  /** The files of its body. */
  List<BodyFile> files() {
    return files;
  }

  List<Header> headers() {
    return headers;
  }

  /** What is rendered anew each time; empty where nothing is. */
  Optional<Logic.RequestTexts> dynamic(final int index) {
    return dynamic
        ? Optional.of(new Logic.RequestTexts(index, path, values, body, afterFiles, signing))
        : Optional.empty();
  }
}
