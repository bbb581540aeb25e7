package io.lockstep.engine.transport.http1;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Responses, valid and not, with what a parser must make of them however they are split. */
final class SampleResponses {
  static final int MAX_HEADER_BYTES = 300;
  static final long MAX_BODY_BYTES = 100;

  /**
   * One response.
   *
   * @param wire the bytes, one char each
   * @param head whether the request was HEAD
   * @param closes whether the peer closes after them
   * @param expected the end that the parser must report
   * @param status it must have read
   * @param bodyBytes it must have counted; unchecked for failures
   * @param persistent whether the connection must be reusable
   * @param left bytes that must be left over
   */
  record Sample(
      String wire,
      boolean head,
      boolean closes,
      Progress expected,
      int status,
      long bodyBytes,
      boolean persistent,
      int left) {
    byte[] bytes() {
      return wire.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return wire.replace("\r", "\\r").replace("\n", "\\n");
    }
  }

  static final List<Sample> VALID =
      List.of(
          ok("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5),
          ok("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, 0),
          ok("HTTP/1.1 200\r\ncontent-LENGTH:\t 3 \r\n\r\nabc", 200, 3),
          ok("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", 200, 2),
          ok("HTTP/1.1 404 Not \u00e9 Found\r\nX:\r\nContent-Length: 2\r\n\r\n\r\n", 404, 2),
          ok("HTTP/1.1 999 Odd\r\nContent-Length: 1\r\n\r\nx", 999, 1),
          once("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n", 204, 0),
          once("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", 204, 0),
          ok("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", 204, 0),
          ok("HTTP/1.1 204 No Content\r\n\r\n", 204, 0),
          ok("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", 304, 0),
          ok("HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n", 205, 0),
          ok("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 200, 5),
          ok("HTTP/1.1 200 OK\r\nContent-Length: 5 , 05,5\r\n\r\nhello", 200, 5),
          ok("HTTP/1.2 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, 1),
          ok("HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx", 200, 1),
          ok("HTTP/1.1 200 OK\r\nTransfer-Encoding: ,chunked,\r\n\r\n0\r\n\r\n", 200, 0),
          ok(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "1 ; a\r\nx\r\n1\t;b=\"\r\ny\r\n000\r\nA: b\r\n folded\r\n\tmore\r\n\r\n",
              200,
              2),
          ok(
              "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
                  + "HTTP/1.1 199 Odd\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
              200,
              1),
          ok("HTTP/1.1 304 Not Modified\r\nContent-Length: 12\r\n\r\n", 304, 0),
          ok("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, 1),
          ok(
              "HTTP/1.1 103 Early Hints\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                  + "HTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n",
              201,
              0),
          once(
              "HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "HTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n",
              201,
              0),
          once(
              "HTTP/1.1 103 Early Hints\r\nContent-Length: 9\r\n\r\n"
                  + "HTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n",
              201,
              0),
          ok("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, 0),
          ok(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "3;a=b;c=\"d e\"\r\nabc\r\nA\r\n0123456789\r\n00b \r\n01234567890\r\n0;x\r\n"
                  + "Trailer: yes\r\nContent-Length: 99\r\n\r\n",
              200,
              24),
          ok(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
              200,
              1),
          ok(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "1\r\n\r\r\n0\r\n\r\n",
              200,
              1),
          ok("HTTP/1.1 200 OK\r\nX-Fold: a\r\n  b\r\nContent-Length: 1\r\n\r\nx", 200, 1),
          once("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", 200, 2),
          once("HTTP/1.1 200 OK\r\nConnection: foo, CLOSE\r\nContent-Length: 2\r\n\r\nhi", 200, 2),
          once("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, 2),
          once(
              "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "1\r\nx\r\n0\r\n\r\n",
              200,
              1),
          ok("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nhi", 200, 2),
          untilClose("HTTP/1.1 200 OK\r\n\r\nall until the end", 200, 17),
          untilClose("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nxy", 200, 2),
          untilClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", 200, 0),
          untilClose(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 200, 5),
          untilClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n", 200, 3),
          untilClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n", 200, 3),
          untilClose("HTTP/1.1 205 Reset\r\n\r\n", 205, 0),
          once(
              "HTTP/1.1 200 OK\r\nConnection: keep-alive, close\r\nContent-Length: 0\r\n\r\n",
              200,
              0),
          once(
              "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\n"
                  + "Content-Length: 0\r\n\r\n",
              200,
              0),
          once("HTTP/1.0 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\n\r\n", 200, 0),
          new Sample(
              "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n",
              true,
              false,
              Progress.COMPLETE,
              200,
              0,
              true,
              0),
          new Sample(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
              true,
              false,
              Progress.COMPLETE,
              200,
              0,
              true,
              0),
          new Sample(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n",
              false,
              false,
              Progress.COMPLETE,
              200,
              2,
              true,
              17),
          new Sample(
              "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
              false,
              true,
              Progress.MORE,
              200,
              5,
              false,
              0),
          new Sample("HTTP/1.1 20", false, true, Progress.MORE, 0, 0, false, 0),
          new Sample(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
              false,
              true,
              Progress.MORE,
              200,
              5,
              false,
              0));

  static final List<Sample> INVALID =
      List.of(
          violation("HTTP/2 200 OK\r\n\r\n", 0),
          violation("HTTP/1.x 200 OK\r\n\r\n", 0),
          violation("\r\nHTTP/1.1 200 OK\r\n\r\n", 0),
          violation("HTTP/1.1 20 OK\r\n\r\n", 0),
          violation("HTTP/1.1 2000 OK\r\n\r\n", 0),
          violation("HTTP/1.1 099 OK\r\n\r\n", 0),
          violation("HTTP/1.1  200 OK\r\n\r\n", 0),
          violation("HTTP/1.1 101 Switching\r\n\r\n", 0),
          violation("HTTP/1.1 200 OK\r\n folded: first\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\n: no name\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nX: a\r\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 5,\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 5 5\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 5.0\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 5;x\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: \"5\"\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length:\r\n 5\r\n\r\nhello", 200),
          violation("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 5\r\n\r\nhello", 200),
          violation(
              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
              200),
          violation("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 200),
          violation(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip, chunked\r\n\r\n0\r\n\r\n", 200),
          violation(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "0\r\n\r\n",
              200),
          violation("HTTP/1.1 200 OK\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nConnection: x,\r\n close\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\n\tX: y\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nX\r\n: y\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nX(y): z\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nX\u00e9: z\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\rX: y\r\n\r\n", 0),
          violation("HTTP/1.1 200 OK\r\nX: y\r\n\rZ: 1\r\n\r\n", 200),
          violation("HTTP/1.1 200 OK\r\nX: y\u007f\u0001\r\n\r\n", 200),
          violation("http/1.1 200 OK\r\n\r\n", 0),
          violation("HTTP/1.1\t200 OK\r\n\r\n", 0),
          violation("HTTP/1.1 200\tOK\r\n\r\n", 0),
          violation("HTTP/1.10 200 OK\r\n\r\n", 0),
          violation("HTTP/0.9 200 OK\r\n\r\n", 0),
          violation("ICY 200 OK\r\n\r\n", 0),
          violation("<html>no head at all</html>\r\n\r\n", 0),
          violation(
              "HTTP/1.1 100 Continue\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
              0),
          violation("HTTP/1.1 100 Continue\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n", 0),
          violation(
              "HTTP/1.1 204 No Content\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
              204),
          violation("HTTP/1.1 200 OK\r\nTransfer-Encoding: ,\r\n\r\n0\r\n\r\n", 200),
          chunkViolation("1;x\ry\r\nz\r\n"),
          chunkViolation("1;x\ny\r\nz\r\n"),
          chunkViolation("1\r\nz\r\n0x0\r\n\r\n"),
          chunkViolation("+1\r\nz\r\n"),
          chunkViolation(" 1\r\nz\r\n"),
          chunkViolation("1,1\r\nz\r\n"),
          chunkViolation("0\r\nA: b\r\n\rX: y\r\n\r\n"),
          chunkViolation("0\r\nA : b\r\n\r\n"),
          chunkViolation("0\n\r\n"),
          chunkViolation("g\r\n"),
          chunkViolation("\r\n"),
          chunkViolation("-1\r\nx"),
          chunkViolation("3\nabc\r\n"),
          chunkViolation("3 x\r\nabc\r\n"),
          chunkViolation("3\r\nabcd\r\n0\r\n\r\n"),
          chunkViolation("3\r\nabc\n0\r\n\r\n"),
          chunkViolation("3\r\nabc\rx0\r\n\r\n"),
          chunkViolation("fffffffffffffffff\r\nabc\r\n"),
          chunkViolation("3;" + "x".repeat(5000) + "\r\nabc\r\n"),
          chunkViolation("0\r\nno colon\r\n\r\n"),
          chunkViolation("0\r\nA: b\n\r\n"),
          chunkViolation("0\r\n \r\n\r\n"),
          failure("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", Progress.BODY_TOO_LARGE),
          failure("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(101), Progress.BODY_TOO_LARGE),
          failure(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n"
                  + "x".repeat(64)
                  + "\r\n25\r\n",
              Progress.BODY_TOO_LARGE),
          failure(
              "HTTP/1.1 200 OK\r\nX: " + "x".repeat(300) + "\r\n\r\n", Progress.HEADER_TOO_LARGE),
          failure("HTTP/1.1 200 OK\r\nX: " + "x".repeat(277) + "\0\r\n\r\n", Progress.VIOLATION),
          failure(
              "HTTP/1.1 200 OK\r\nX: " + "x".repeat(279) + "\r\0\r\n\r\n",
              Progress.HEADER_TOO_LARGE),
          failure(
              "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(50) + "\r\n", Progress.HEADER_TOO_LARGE),
          failure(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + "X: y\r\n".repeat(51),
              Progress.HEADER_TOO_LARGE),
          new Sample(
              "HTTP/1.1 100 Continue\r\n\r\n".repeat(13),
              false,
              false,
              Progress.HEADER_TOO_LARGE,
              0,
              0,
              false,
              0));

  private SampleResponses() {}

  private static Sample ok(final String wire, final int status, final long bodyBytes) {
    return new Sample(wire, false, false, Progress.COMPLETE, status, bodyBytes, true, 0);
  }

  private static Sample once(final String wire, final int status, final long bodyBytes) {
    return new Sample(wire, false, false, Progress.COMPLETE, status, bodyBytes, false, 0);
  }

  private static Sample untilClose(final String wire, final int status, final long bodyBytes) {
    return new Sample(wire, false, true, Progress.COMPLETE, status, bodyBytes, false, 0);
  }

  private static Sample violation(final String wire, final int status) {
    return new Sample(wire, false, false, Progress.VIOLATION, status, 0, false, 0);
  }

  private static Sample chunkViolation(final String body) {
    return violation("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body, 200);
  }

  private static Sample failure(final String wire, final Progress expected) {
    return new Sample(wire, false, false, expected, 200, 0, false, 0);
  }
}
