package io.lockstep.engine.transport.target;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What each path of the target answers. Stateless; any thread. */
final class Endpoints {
  /** Largest answer of {@code /bytes}. */
  static final int MAX_BYTES = 64 * 1024 * 1024;

  /** Longest wait of {@code /delay}. */
  static final int MAX_DELAY_MS = 600_000;

  private static final long NS_PER_MS = 1_000_000;
  private static final String WELCOME =
      """
      Lockstep target. Endpoints:
        /               this text
        /delay?ms=N     answers after N milliseconds
        /status?code=N  answers with that status
        /bytes?n=N      answers with N bytes
        /json           a fixed JSON document
        /coded?coding=X[&missing=N]  that document in gzip, deflate, br or zstd, without N bytes
        /auth?basic=U:P or ?bearer=T or ?key=K    401 but for who says so
        /auth?digest=U:P[&algorithm=SHA-256][&uses=N]  the same by a challenge, good for N answers
        /echo           what was asked, as JSON
        /upload         length, SHA-256 and type of the body that came, as JSON
        /set-cookie?name=X&value=Y[&to=/path]  sets a cookie, and leads to the path
        /cookies        the cookies that came, as JSON; status 401 without any
        /redirect?to=/path[&code=N]            leads to the path, with 302 or that status
        /etag?tag=X[&max_age=N]                an answer with an entity tag, fresh for N seconds
      """;
  private static final byte[] WELCOME_BYTES = WELCOME.getBytes(StandardCharsets.UTF_8);
  static final byte[] JSON_BYTES =
      ("{\"name\":\"lockstep\",\"items\":[{\"id\":1,\"price\":999},{\"id\":2,\"price\":1999},"
              + "{\"id\":3,\"price\":2999}],\"total\":5997,\"currency\":\"EUR\"}")
          .getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuf PATTERN = pattern();

  private Endpoints() {}

  static Answer answer(final FullHttpRequest request) {
    final QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    try {
      return switch (uri.path()) {
        case "/" -> Answer.of(200, Answer.TEXT, Unpooled.wrappedBuffer(WELCOME_BYTES));
        case "/json" -> Answer.of(200, Answer.JSON, Unpooled.wrappedBuffer(JSON_BYTES));
        case "/auth" -> AuthAnswers.of(request, uri);
        case "/coded" -> CodedAnswers.of(uri);
        case "/delay" -> delay(number(uri, "ms", 0, MAX_DELAY_MS));
        case "/status" -> status(number(uri, "code", 200, 599));
        case "/bytes" -> Answer.of(200, Answer.BYTES, bytes(number(uri, "n", 0, MAX_BYTES)));
        case "/set-cookie", "/cookies", "/redirect", "/etag" -> BrowserAnswers.of(request, uri);
        case "/echo" -> Answer.json(EchoText.of(request));
        case "/upload" -> Answer.json(EchoText.ofBody(request));
        default -> Answer.text(404, "no such endpoint; ask / for the list");
      };
    } catch (final IllegalArgumentException e) {
      return Answer.text(400, e.getMessage());
    }
  }

  private static Answer delay(final int ms) {
    return Answer.text(200, "waited " + ms + " ms").after(ms * NS_PER_MS);
  }

  private static Answer status(final int code) {
    return Answer.text(code, "status " + code);
  }

  private static ByteBuf bytes(final int count) {
    if (count <= PATTERN.capacity()) {
      return PATTERN.retainedSlice(0, count);
    }
    final int parts = count / PATTERN.capacity() + 1;
    final CompositeByteBuf all = Unpooled.compositeBuffer(parts);
    for (int left = count; left > 0; left -= PATTERN.capacity()) {
      all.addComponent(true, PATTERN.retainedSlice(0, Math.min(left, PATTERN.capacity())));
    }
    return all;
  }

  static int number(final QueryStringDecoder uri, final String name, final int min, final int max) {
    final Map<String, List<String>> parameters = uri.parameters();
    final List<String> values = parameters.getOrDefault(name, List.of());
    final String hint = uri.path() + " wants " + name + "=<" + min + " to " + max + ">";
    if (values.isEmpty()) {
      throw new IllegalArgumentException(hint);
    }
    final long value;
    try {
      value = Long.parseLong(values.get(0));
    } catch (final NumberFormatException e) {
      throw new IllegalArgumentException(hint, e);
    }
    if (value < min || value > max) {
      throw new IllegalArgumentException(hint);
    }
    return (int) value;
  }

  private static ByteBuf pattern() {
    final ByteBuf bytes = Unpooled.directBuffer(64 * 1024);
    while (bytes.isWritable()) {
      bytes.writeByte('a' + bytes.writerIndex() % 26);
    }
    return Unpooled.unreleasableBuffer(bytes);
  }
}
