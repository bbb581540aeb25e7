package io.lockstep.bench.network;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is spoken, whom Lockstep is compared with in it, and how that client is told. */
enum Kind {
  /** HTTP/1.1. */
  PLAIN("HTTP", "wrk", 0.97, "{http_version: 1.1}"),
  /** HTTP/1.1 over TLS 1.3. */
  SECURED("HTTPS", "wrk", 0.9, "{http_version: 1.1}"),
  /** HTTP/2 by prior knowledge, 4 connections of 16 streams. */
  HTTP2("HTTP/2", "h2load", 1.0, "{mode: shared, size: 4, max_streams: 16, http_version: 2}");

  /** Requests under way. */
  static final int AT_A_TIME = 64;

  private static final Pattern WRK_REQUESTS =
      Pattern.compile("^\\s*(\\d+) requests in ", Pattern.MULTILINE);
  private static final Pattern WRK_ERRORS =
      Pattern.compile("^\\s*(Socket errors|Non-2xx).*$", Pattern.MULTILINE);
  private static final Pattern H2LOAD_REQUESTS =
      Pattern.compile("^requests: .* (\\d+) succeeded, (\\d+) failed, ", Pattern.MULTILINE);

  final String request;
  final String rival;

  /** How much CPU a request may take, against one of the rival. */
  final double steadyAgainstRival;

  final String connections;

  Kind(
      final String request,
      final String rival,
      final double steadyAgainstRival,
      final String connections) {
    this.request = request;
    this.rival = rival;
    this.steadyAgainstRival = steadyAgainstRival;
    this.connections = connections;
  }

  /** How the rival is started. */
  List<String> command(final int seconds, final String url) {
    return this == HTTP2
        ? List.of("h2load", "-t1", "-c4", "-m16", "-D" + seconds, url)
        : List.of("wrk", "-t1", "-c" + AT_A_TIME, "-d" + seconds + "s", url);
  }

  /**
   * The requests that the rival says it has made.
   *
   * @throws IOException if it says nothing of the kind, or that any failed.
   */
  long requests(final String printed) throws IOException {
    final Matcher errors = WRK_ERRORS.matcher(printed);
    if (this != HTTP2 && errors.find()) {
      throw new IOException("wrk met errors, so its figures mean nothing: " + errors.group());
    }
    final Matcher matcher = (this == HTTP2 ? H2LOAD_REQUESTS : WRK_REQUESTS).matcher(printed);
    if (!matcher.find()) {
      throw new IOException(rival + " printed no number of requests:\n" + printed);
    }
    if (this == HTTP2 && !matcher.group(2).equals("0")) {
      throw new IOException("h2load met errors: " + matcher.group());
    }
    return Long.parseLong(matcher.group(1));
  }
}
