package io.lockstep.app.conformance;

/** What a user does to see a feature, as steps of a flow. */
final class Steps {
  private static final int UPLOAD_BYTES = 20_000;
  private static final int HEADER_BYTES = 16_000;
  private static final int TOO_MANY_BYTES = 150_000;

  private Steps() {}

  static String of(final Feature feature, final RealServer server, final Way way) {
    return switch (feature) {
      case PLAIN, REQUEST_LIMIT -> file("plain", "plain.txt", Site.PLAIN, "", "");
      case KEEP_ALIVE -> "";
      case CHUNKED -> file("chunked", "chunked", Site.PLAIN, "", chunkedCheck(way));
      case BODILESS -> bodiless(server, way);
      case GZIP -> coded("gzip");
      case BROTLI -> coded("br");
      case ZSTD -> coded("zstd");
      case LARGE -> file("large", "large.txt", Site.LARGE, "", "");
      case UPLOAD -> post("upload", UPLOAD_BYTES, "200");
      case FILE ->
          "- request: {name: file, method: POST, path: /upload, body_file: "
              + Site.UPLOADED
              + ", checks: [{status: 200}]}\n";
      case CONTINUE ->
          post("continue", UPLOAD_BYTES, "200")
              .replace(", checks", ", expect_continue: {timeout: 1m}, checks");
      case SIDE_BY_SIDE -> sideBySide();
      case HEADER_LIMIT ->
          file("plain", "plain.txt", Site.PLAIN, "", "")
              + ("- request: {name: header, path: /plain.txt, headers: {X-Large: '%s'}" + "%s}\n")
                  .formatted(
                      "h".repeat(HEADER_BYTES),
                      server.closesOnLargeHeader(way) ? "" : ", checks: [{status: [400, 431]}]");
      case BODY_LIMIT -> post("body", TOO_MANY_BYTES, "413");
      case RELOAD, RESTART ->
          file("plain", "plain.txt", Site.PLAIN, "", "")
              + """
              - request: {name: over, path: /over.txt}
              - if: status == 200
                then: [{stop: test}]
              - think: 3ms
              """;
    };
  }

  private static String chunkedCheck(final Way way) {
    return way.isHttp2()
        ? ", {header: transfer-encoding, exists: false}"
        : ", {header: transfer-encoding, equals: chunked}";
  }

  private static String file(
      final String name,
      final String path,
      final String content,
      final String headers,
      final String checks) {
    return "- request: {name: %s, path: /%s%s, checks: [{status: 200}, {body: {sha256: %s}}%s]}%n"
        .formatted(name, path, headers, Site.sha256(content), checks);
  }

  private static String coded(final String coding) {
    return file(
        coding,
        "coded.txt",
        Site.CODED,
        ", headers: {Accept-Encoding: " + coding + "}",
        ", {header: content-encoding, equals: " + coding + "}");
  }

  private static String bodiless(final RealServer server, final Way way) {
    final String empty =
        server.without(way, Feature.BODILESS) == null && server.answersEmpty()
            ? "- request: {name: empty, path: /empty, checks: [{status: 204}, {body: {equals: ''}}]}\n"
            : "";
    return """
    - request: {name: head, method: HEAD, path: /plain.txt, checks: [{status: 200}, {body: {equals: ''}}]}
    - request: {name: unmodified, path: /plain.txt, headers: {IF}, checks: [{status: 304}, {body: {equals: ''}}]}
    """
            .replace("IF", server.ifChanged())
        + empty;
  }

  private static String post(final String name, final int bytes, final String status) {
    return "- request: {name: %s, method: POST, path: /upload, body: '%s', checks: [{status: %s}]}%n"
        .formatted(name, "b".repeat(bytes), status);
  }

  private static String sideBySide() {
    final StringBuilder all = new StringBuilder("- parallel: {max: 6}\n  requests:\n");
    for (int i = 0; i < 6; i++) {
      all.append(
          file("side" + i, "coded.txt", Site.CODED, "", "").replace("- request: ", "    - "));
    }
    return all.toString();
  }
}
