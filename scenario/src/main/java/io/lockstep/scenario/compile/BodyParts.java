package io.lockstep.scenario.compile;

import io.lockstep.scenario.data.FileFacts;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Payload;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.plan.expression.Codings;
import io.lockstep.scenario.plan.expression.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the body of a request is made of: texts, as templates, with files between them. The boundary
 * of a multipart body is drawn from the request's place in the plan, 128 bits of it, so it is the
 * same in each run and for each VU, and nothing that is sent happens to have it.
 */
final class BodyParts {
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final String FILE_TYPE = "application/octet-stream";
  private static final String LINE_END = "\r\n";

  private final ExpressionCompiler expressions;
  private final StepPath at;
  private final List<SourceTemplate> texts = new ArrayList<>();
  private final List<Found> files = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private SourceTemplate place = SourceTemplate.literal("");
  private Optional<String> contentType = Optional.empty();
  private boolean ownType;

  /** A file of the body. */
  record Found(Payload.FileReference reference, FileFacts facts) {}

  private BodyParts(
      final Request request, final StepPath at, final ExpressionCompiler expressions) {
    this.expressions = expressions;
    this.at = at;
    final Payload payload = request.payload();
    if (payload instanceof Payload.WholeFile whole) {
      file(whole.file());
      close();
    } else if (payload instanceof Payload.Form form) {
      contentType = Optional.of(FORM_TYPE);
      form(form);
      close();
    } else if (payload instanceof Payload.Multipart multipart) {
      multipart(multipart);
      close();
    } else {
      texts.add(request.templates().body().orElseGet(() -> SourceTemplate.literal(request.body())));
    }
  }

  /** Puts the body of a request together; reports files that cannot be used. */
  static BodyParts of(
      final Request request, final StepPath at, final ExpressionCompiler expressions) {
    return new BodyParts(request, at, expressions);
  }

  private void form(final Payload.Form form) {
    String separator = "";
    for (final Map.Entry<String, SourceTemplate> field : form.fields().entrySet()) {
      final SourceTemplate value = field.getValue();
      if (isRight(value)) {
        open.append(separator).append(Codings.urlEncode(field.getKey())).append('=');
        open.append(
            value.isLiteral()
                ? Codings.urlEncode(value.literal())
                : "${urlencode(" + value.expression() + ")}");
        separator = "&";
      }
    }
  }

  private void multipart(final Payload.Multipart multipart) {
    final String boundary =
        "lockstep-"
            + HexFormat.of().toHexDigits(at.site("boundary"))
            + HexFormat.of().toHexDigits(at.site("boundary", "rest"));
    contentType = Optional.of("multipart/form-data; boundary=" + boundary);
    ownType = true;
    for (final Payload.Part part : multipart.parts()) {
      open.append("--")
          .append(boundary)
          .append(LINE_END)
          .append(Template.escaped(head(part), false));
      part.value()
          .filter(this::isRight)
          .ifPresent(
              value -> open.append(value.isLiteral() ? escaped(value.literal()) : value.text()));
      part.file().ifPresent(this::file);
      open.append(LINE_END);
    }
    open.append("--").append(boundary).append("--").append(LINE_END);
  }

  private static String escaped(final String literal) {
    return Template.escaped(literal, false);
  }

  private static String head(final Payload.Part part) {
    final StringBuilder head = new StringBuilder("Content-Disposition: form-data; name=\"");
    head.append(quoted(part.name())).append('"');
    part.filename()
        .ifPresent(name -> head.append("; filename=\"").append(quoted(name)).append('"'));
    head.append(LINE_END);
    part.type()
        .or(() -> part.file().map(file -> FILE_TYPE))
        .ifPresent(type -> head.append("Content-Type: ").append(type).append(LINE_END));
    return head.append(LINE_END).toString();
  }

  /** As browsers write names (HTML standard, multipart/form-data encoding algorithm). */
  private static String quoted(final String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private void file(final Payload.FileReference reference) {
    FileFacts facts = new FileFacts("", 0);
    try {
      facts = expressions.environment().file(reference.path());
    } catch (final IOException e) {
      expressions
          .in()
          .bad(
              reference.offset(),
              "the file `" + reference.path() + "` cannot be sent: " + e.getMessage(),
              "paths are relative to the file that names them");
    }
    close();
    files.add(new Found(reference, facts));
  }

  /** A text ends, at a file or at the end of the body. */
  private void close() {
    texts.add(
        SourceTemplate.made(open.toString(), place, expressions.in())
            .orElseGet(() -> SourceTemplate.literal("")));
    open.setLength(0);
  }

  private boolean isRight(final SourceTemplate value) {
    if (!value.isLiteral()) {
      place = value;
    }
    return value.compile(expressions.symbols(), expressions.in()) != null;
  }

  /** Its texts, one more than it has files. */
  List<SourceTemplate> texts() {
    return texts;
  }

  /** Key of the random streams of a text. */
  long site(final int text) {
    return text == 0 ? at.site("body") : at.site("body", "after " + text);
  }

  /** Its files, in their order. */
  List<Found> files() {
    return files;
  }

  /** The {@code Content-Type} that goes with it. */
  Optional<String> contentType() {
    return contentType;
  }

  /** Whether no header can say another type. */
  boolean isTypeFixed() {
    return ownType;
  }
}
