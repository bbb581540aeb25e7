package io.lockstep.engine.transport.target;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The JSON that {@code /echo} answers: method, target, headers in order, and the body as text. */
final class EchoText {
  /** What is not the client's: the codec says so which stream of HTTP/2 a request came on. */
  private static final String ADDED = "x-http2-";

  private EchoText() {}

  static CharSequence of(final FullHttpRequest request) {
    final StringBuilder json = new StringBuilder(256);
    json.append("{\"method\":");
    quote(json, request.method().name());
    json.append(",\"uri\":");
    quote(json, request.uri());
    json.append(",\"headers\":[");
    String separator = "";
    for (final Map.Entry<String, String> header : request.headers()) {
      if (header.getKey().startsWith(ADDED)) {
        continue;
      }
      json.append(separator).append("{\"name\":");
      quote(json, header.getKey());
      json.append(",\"value\":");
      quote(json, header.getValue());
      json.append('}');
      separator = ",";
    }
    json.append("],\"body\":");
    quote(json, request.content().toString(StandardCharsets.UTF_8));
    return json.append("}\n");
  }

  /** What came as a body, and of which type it was said to be. */
  static CharSequence ofBody(final FullHttpRequest request) {
    final byte[] body = ByteBufUtil.getBytes(request.content());
    final Map<String, String> facts = new LinkedHashMap<>();
    facts.put("bytes", Integer.toString(body.length));
    facts.put("sha256", sha256(body));
    facts.put("type", request.headers().get("Content-Type", ""));
    return ofMap(facts);
  }

  private static String sha256(final byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A JSON object of texts. */
  static CharSequence ofMap(final Map<String, String> valueByName) {
    final StringBuilder json = new StringBuilder(64);
    String separator = "{";
    for (final Map.Entry<String, String> entry : valueByName.entrySet()) {
      json.append(separator);
      quote(json, entry.getKey());
      json.append(':');
      quote(json, entry.getValue());
      separator = ",";
    }
    return json.append("}\n");
  }

  private static void quote(final StringBuilder json, final String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
