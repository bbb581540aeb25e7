package io.lockstep.engine.core.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.scenario.plan.AwsHeaders;
import io.lockstep.scenario.plan.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the vectors of AWS's signing test suite, and those of its manuals. */
final class AwsSignatureTest {
  private static final String ACCESS_KEY = "AKIDEXAMPLE";
  private static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String UNRESERVED =
      "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final long TIME = Instant.parse("2015-08-30T12:36:00Z").toEpochMilli();

  private final AwsSignature signature = new AwsSignature("us-east-1", "service");

  @ParameterizedTest
  @CsvSource({
    "get-vanilla, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "get-vanilla-query-order-key-case, /?Param2=value2&Param1=value1,"
        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    "get-vanilla-query-order-encoded, /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1,"
        + " 371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
    "get-vanilla-empty-query-key, /?Param1=value1,"
        + " a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
    "get-vanilla-utf8-query, /?%E1%88%B4=bar,"
        + " 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
    "get-vanilla-query-unreserved, /?"
        + UNRESERVED
        + "="
        + UNRESERVED
        + ","
        + " 9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
    "get-unreserved, /"
        + UNRESERVED
        + ","
        + " 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
    "get-relative-relative, /example1/example2/../..,"
        + " 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "get-slashes, //example//, 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
    "get-slash-pointless-dot, /./example,"
        + " ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"
  })
  void shouldSignPathsAndQueriesAsTheSuiteSays(
      final String name, final String path, final String expected) {
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature="
            + expected,
        sign(signature, "GET", path, "", List.of()),
        name);
  }

  /** The suite takes what is not encoded yet; a path that is sent is. S3 encodes paths once. */
  @ParameterizedTest
  @CsvSource({"/%E1%88%B4,/%E1%88%B4", "/a%20b/,/a%20b/", "/a+b/../(c),/a%2Bb/../%28c%29"})
  void shouldEncodeEachPathOfS3Once(final String path, final String canonical) {
    assertEquals(canonical, CanonicalUri.onceEncoded(path));
  }

  @Test
  void shouldEncodePathsOfOtherServicesOnceMore() {
    assertEquals("/model/a%253A1/invoke", CanonicalUri.twiceEncoded("/model/a%3A1/invoke"));
  }

  @Test
  void shouldSignHeadersAsTheSuiteSays() {
    assertSigned(
        "host;my-header1;my-header2;x-amz-date",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        sign(
            signature,
            "GET",
            "/",
            "",
            List.of(
                new Header("My-Header1", " value1"), new Header("My-Header2", " \"a   b   c\""))));
    assertSigned(
        "host;my-header1;x-amz-date",
        "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
        sign(
            signature,
            "GET",
            "/",
            "",
            List.of(
                new Header("My-Header1", "value2"),
                new Header("My-Header1", "value2"),
                new Header("My-Header1", "value1"))));
    assertSigned(
        "host;my-header1;x-amz-date",
        "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
        sign(signature, "POST", "/", "", List.of(new Header("My-Header1", "value1"))));
    assertSigned(
        "host;x-amz-date;x-amz-security-token",
        "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
        sign(
            signature,
            "GET",
            "/",
            "",
            List.of(
                new Header(
                    "X-Amz-Security-Token",
                    "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"))));
  }

  @Test
  void shouldSignABodyAsTheSuiteSays() {
    final String body = "Param1=value1";
    assertSigned(
        "content-length;content-type;host;x-amz-content-sha256;x-amz-date",
        "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
        sign(
            signature,
            "POST",
            "/",
            body,
            List.of(
                new Header("Content-Type", "application/x-www-form-urlencoded"),
                new Header("Content-Length", "13"),
                new Header(
                    "x-amz-content-sha256",
                    AwsSignature.digest(body.getBytes(StandardCharsets.UTF_8))))));
  }

  /** Amazon S3 API Reference, Authenticating Requests: examples. */
  @Test
  void shouldSignWhatTheManualOfS3Shows() {
    final String digest = AwsSignature.digest(new byte[0]);
    final AwsSignature.Request request =
        new AwsSignature.Request(
            "GET",
            "/test.txt",
            List.of(
                new Header("Host", "examplebucket.s3.amazonaws.com"),
                new Header("Range", "bytes=0-9"),
                new Header("x-amz-content-sha256", digest),
                new Header("x-amz-date", "20130524T000000Z")),
            digest);
    assertSigned(
        "host;range;x-amz-content-sha256;x-amz-date",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        new AwsSignature("us-east-1", AwsHeaders.S3)
            .authorization(
                request,
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                Instant.parse("2013-05-24T00:00:00Z").toEpochMilli()));
  }

  @Test
  void shouldNotSignWhatSomebodyOnTheWayMayChange() {
    final String plain = sign(signature, "GET", "/", "", List.of());
    assertEquals(
        plain,
        sign(
            signature,
            "GET",
            "/",
            "",
            List.of(new Header("User-Agent", "a"), new Header("traceparent", "00-1-2-01"))));
    assertNotEquals(plain, sign(signature, "GET", "/", "x", List.of()));
  }

  private static void assertSigned(
      final String headers, final String expected, final String authorization) {
    assertTrue(
        authorization.endsWith("SignedHeaders=" + headers + ", Signature=" + expected),
        authorization);
  }

  private static String sign(
      final AwsSignature signature,
      final String method,
      final String path,
      final String body,
      final List<Header> added) {
    final List<Header> headers = new ArrayList<>(added);
    headers.add(new Header("Host", "example.amazonaws.com"));
    headers.add(new Header("X-Amz-Date", AwsSignature.time(TIME)));
    return signature.authorization(
        new AwsSignature.Request(
            method, path, headers, AwsSignature.digest(body.getBytes(StandardCharsets.UTF_8))),
        ACCESS_KEY,
        SECRET_KEY,
        TIME);
  }
}
