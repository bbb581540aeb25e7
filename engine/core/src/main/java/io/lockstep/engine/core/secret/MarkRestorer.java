package io.lockstep.engine.core.secret;

import io.lockstep.engine.core.port.RenderedRequest;
import io.lockstep.engine.core.port.RequestCursor;
import io.lockstep.engine.core.port.RequestRenderer;
import io.lockstep.engine.core.port.SecretSource;
import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.expression.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the values of marks into requests. Not into those whose own text in the plan has what looks
 * like a mark, since there it is meant as it is written.
 */
final class MarkRestorer {
  private final List<List<BodyFile>> filesByRequest;
  private final boolean[] hasOwn;
  private final Replacing replacing;
  private final RequestCursor cursor = new RequestCursor();
  private final RequestRenderer renderer = new RequestRenderer();
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private byte[] given = new byte[0];

  MarkRestorer(final Plan plan, final Needles marks, final SecretSource secrets) {
    replacing = new Replacing(marks, mark -> secrets.isEchoed(mark.secret()));
    hasOwn = new boolean[plan.requests().size()];
    filesByRequest = plan.requests().stream().map(request -> request.sending().files()).toList();
    for (final RequestPlan request : plan.requests()) {
      hasOwn[request.index()] =
          plan.logic()
              .of(request.index())
              .map(MarkRestorer::hasMark)
              .orElseGet(() -> hasMark(request));
    }
  }

  /** Puts back what others say from now on. */
  void lookFor(final Needles others) {
    replacing.lookFor(others);
  }

  private static boolean hasMark(final RequestPlan request) {
    return Stream.concat(
            Stream.of(request.path(), request.bodyText()),
            request.headers().stream().map(Header::value))
        .anyMatch(MarkRestorer::hasMark);
  }

  private static boolean hasMark(final Logic.RequestTexts texts) {
    return texts.templates().anyMatch(MarkRestorer::hasMark);
  }

  private static boolean hasMark(final Template template) {
    for (int i = 0; i <= template.expressions(); i++) {
      if (hasMark(template.literal(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMark(final String literal) {
    return literal.contains(SecretForms.MARK);
  }

  /** The request itself where it has no mark; else one that is valid until the next. */
  RenderedRequest restore(final int index, final RenderedRequest request) {
    if (hasOwn[index] || !find(request)) {
      return request;
    }
    cursor.wrap(request);
    renderer.begin();
    next();
    next();
    final int headers = cursor.count();
    renderer.headers(headers);
    for (int i = 0; i < headers; i++) {
      next();
      next();
    }
    body(filesByRequest.get(index));
    return renderer.request();
  }

  /** A text that a response had, as it had it. */
  String restore(final String text) {
    if (!hasMark(text)) {
      return text;
    }
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    replacing.clear();
    replacing.append(bytes, 0, bytes.length, List.of(), false);
    return new String(replacing.bytes(), 0, replacing.length(), StandardCharsets.UTF_8);
  }

  /** The texts of a body, each by itself, since the files between them keep their places. */
  private void body(final List<BodyFile> files) {
    final int length = cursor.nextText();
    final int offset = cursor.textOffset();
    final int[] positions = new int[cursor.files()];
    for (int i = 0; i < positions.length; i++) {
      cursor.nextFile();
      positions[i] = cursor.filePosition();
    }
    renderer.beginText();
    int from = 0;
    int written = 0;
    for (int i = 0; i <= positions.length; i++) {
      final int to = i < positions.length ? positions[i] : length;
      written += put(offset + from, to - from);
      from = to;
      if (i < positions.length) {
        positions[i] = written;
      }
    }
    renderer.endText();
    if (positions.length > 0) {
      renderer.files(files, positions);
    }
  }

  private boolean find(final RenderedRequest request) {
    replacing.clear();
    copy(request.buffer(), request.offset(), request.length());
    replacing.append(given, 0, request.length(), List.of(), false);
    return replacing.isFound();
  }

  private void next() {
    final int length = cursor.nextText();
    renderer.beginText();
    put(cursor.textOffset(), length);
    renderer.endText();
  }

  /** Writes bytes of the request with what is put back; returns how many that makes. */
  private int put(final int offset, final int length) {
    copy(cursor.buffer(), offset, length);
    replacing.clear();
    replacing.append(given, 0, length, List.of(), false);
    view.wrap(replacing.bytes(), 0, replacing.length());
    renderer.put(view, 0, replacing.length());
    return replacing.length();
  }

  private void copy(final DirectBuffer from, final int offset, final int length) {
    if (given.length < length) {
      given = new byte[Math.max(length, 2 * given.length)];
    }
    from.getBytes(offset, given, 0, length);
  }
}
