package io.lockstep.app.conformance;

/** The ways to speak with a server, each with the lines that ask for it in a scenario. */
enum Way {
  /** HTTP/1.1 without TLS. */
  HTTP_1("HTTP/1.1", "connections: {http_version: auto}", Port.PLAIN),
  /** HTTP/1.1 over TLS 1.2. */
  TLS_1_2(
      "HTTP/1.1 over TLS 1.2",
      "connections: {http_version: 1.1}\ntls: {ca: ca.pem, max_version: 1.2}",
      Port.SECURE),
  /** HTTP/1.1 over TLS 1.3. */
  TLS_1_3(
      "HTTP/1.1 over TLS 1.3",
      "connections: {http_version: 1.1}\ntls: {ca: ca.pem, min_version: 1.3}",
      Port.SECURE),
  /** HTTP/2 as the server chooses it. */
  HTTP_2(
      "HTTP/2 over TLS, chosen by ALPN",
      "connections: {http_version: auto}\ntls: {ca: ca.pem}",
      Port.SECURE),
  /** HTTP/2 by prior knowledge. */
  CLEAR_2("HTTP/2 without TLS, by prior knowledge", "connections: {http_version: 2}", Port.CLEAR2);

  private final String title;
  private final String settings;
  private final Port port;

  Way(final String title, final String settings, final Port port) {
    this.title = title;
    this.settings = settings;
    this.port = port;
  }

  String title() {
    return title;
  }

  /** Lines of a scenario. */
  String settings() {
    return settings;
  }

  /** Where servers speak so. */
  Port port() {
    return port;
  }

  boolean isSecure() {
    return port == Port.SECURE;
  }

  boolean isHttp2() {
    return this == HTTP_2 || this == CLEAR_2;
  }

  /** What a handshake of this way ends with, or null where it may be any. */
  String protocol() {
    return this == TLS_1_2 ? "TLSv1.2" : this == TLS_1_3 ? "TLSv1.3" : null;
  }
}
