package io.lockstep.engine.transport.target;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The fixed JSON document in content codings, coded once. Stateless; any thread. */
final class CodedAnswers {
  /** The document, by the brotli of Node.js 20. */
  private static final String BROTLI =
      "G3sAYByHcSyyBS+KNI8Ib6lfVjCzL9UmqUozVZSWOixdOjm/HFC/AMMu1uI49cBDloT8gD2fgoKXUGfZfznPSy2mJkl+"
          + "lO3WsKP5vF2MZBZSBBp7+Q==";

  /** The document, by zstd 1.5. */
  private static final String ZSTD =
      "KLUv/SR8zQIAUkUSF5BNY6zCPhW+ZZKHjYr5dQjod8JM7qwE1YVBrE/MWeckNg6Zgs4k73kjAgQLwCoz9WXNQePSlTZ1"
          + "6FGzr41D+6KFPcz6NokzFQUAIAgol9MwUETgMKH5JngF";

  private static final Map<String, byte[]> DOCUMENT_BY_CODING =
      Map.of(
          "gzip",
          gzip(),
          "deflate",
          deflate(),
          "br",
          Base64.getDecoder().decode(BROTLI),
          "zstd",
          Base64.getDecoder().decode(ZSTD));

  private CodedAnswers() {}

  /**
   * The answer: in the coding asked for, and without its last bytes where that is asked for too.
   *
   * @throws IllegalArgumentException if the parameters are wrong.
   */
  static Answer of(final QueryStringDecoder uri) {
    final String coding = uri.parameters().getOrDefault("coding", List.of("")).get(0);
    final byte[] document = DOCUMENT_BY_CODING.get(coding);
    if (document == null) {
      throw new IllegalArgumentException(uri.path() + " wants coding=gzip, deflate, br or zstd");
    }
    final int missing =
        uri.parameters().containsKey("missing")
            ? Endpoints.number(uri, "missing", 0, document.length)
            : 0;
    final byte[] sent = Arrays.copyOf(document, document.length - missing);
    return Answer.of(200, Answer.JSON, Unpooled.wrappedBuffer(sent))
        .with(Map.of("Content-Encoding", coding));
  }

  private static byte[] gzip() {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = new GZIPOutputStream(out)) {
      coder.write(Endpoints.JSON_BYTES);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] deflate() {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream coder = new DeflaterOutputStream(out)) {
      coder.write(Endpoints.JSON_BYTES);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
