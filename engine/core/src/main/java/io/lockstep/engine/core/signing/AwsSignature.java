package io.lockstep.engine.core.signing;

import io.lockstep.scenario.plan.AwsHeaders;
import io.lockstep.scenario.plan.Header;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * AWS Signature Version 4 (AWS, Signature Version 4 for API requests), in the header {@code
 * Authorization}, over the whole body. Test vectors: AWS's own suite.
 *
 * @param region such as {@code eu-central-1}
 * @param service such as {@code execute-api}
 */
public record AwsSignature(String region, String service) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String TERMINATION = "aws4_request";

  /** What somebody on the way may change, and the signature itself. */
  private static final List<String> UNSIGNED =
      List.of("authorization", "user-agent", "traceparent", "tracestate", "x-amzn-trace-id");

  /**
   * What is signed.
   *
   * @param method in upper case
   * @param path and query, as they are sent
   * @param headers as they are sent, {@code Host} and {@code X-Amz-Date} included
   * @param bodyDigest {@link AwsSignature#digest} of the body that is sent
   */
  public record Request(String method, String path, List<Header> headers, String bodyDigest) {
    public Request {
      headers = List.copyOf(headers);
    }
  }

  /** A time as {@code X-Amz-Date} has it: {@code 20150830T123600Z}. */
  public static String time(final long epochMs) {
    final LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(epochMs, 1_000L), 0, ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%04d%02d%02dT%02d%02d%02dZ",
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  /** A body as {@code X-Amz-Content-Sha256} has it. */
  public static String digest(final byte[] body) {
    return Hashes.sha256(body);
  }

  /** The value of {@code Authorization}. */
  public String authorization(
      final Request request, final String accessKey, final String secretKey, final long epochMs) {
    final String time = time(epochMs);
    final String day = time.substring(0, time.indexOf('T'));
    final Map<String, String> valueByName = signed(request.headers());
    final String names = String.join(";", valueByName.keySet());
    final String scope = String.join("/", day, region, service, TERMINATION);
    final String canonical = canonical(request, valueByName, names);
    final String text = String.join("\n", ALGORITHM, time, scope, Hashes.sha256(utf8(canonical)));
    byte[] key = Hashes.hmac(utf8("AWS4" + secretKey), day);
    for (final String part : List.of(region, service, TERMINATION)) {
      key = Hashes.hmac(key, part);
    }
    return ALGORITHM
        + " Credential="
        + accessKey
        + "/"
        + scope
        + ", SignedHeaders="
        + names
        + ", Signature="
        + HexFormat.of().formatHex(Hashes.hmac(key, text));
  }

  private String canonical(
      final Request request, final Map<String, String> valueByName, final String names) {
    final int query = request.path().indexOf('?');
    final String path = query < 0 ? request.path() : request.path().substring(0, query);
    final StringBuilder out = new StringBuilder();
    out.append(request.method()).append('\n');
    out.append(
            service.equals(AwsHeaders.S3)
                ? CanonicalUri.onceEncoded(path)
                : CanonicalUri.twiceEncoded(path))
        .append('\n');
    out.append(query < 0 ? "" : CanonicalUri.query(request.path().substring(query + 1)))
        .append('\n');
    valueByName.forEach((name, value) -> out.append(name).append(':').append(value).append('\n'));
    return out.append('\n').append(names).append('\n').append(request.bodyDigest()).toString();
  }

  /** By name, in order; values without blanks that mean nothing. */
  private static Map<String, String> signed(final List<Header> headers) {
    final Map<String, String> valueByName = new TreeMap<>();
    for (final Header header : headers) {
      final String name = header.name().toLowerCase(Locale.ROOT);
      if (!UNSIGNED.contains(name)) {
        final String value = header.value().strip().replaceAll(" +", " ");
        valueByName.merge(name, value, (one, other) -> one + "," + other);
      }
    }
    return valueByName;
  }

  private static byte[] utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
