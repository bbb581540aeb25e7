package io.lockstep.engine.transport.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A target that takes bodies of any size, one connection after the other, and tells of each. */
final class UploadServer implements AutoCloseable {
  /** What it does with a request. */
  enum Manner {
    /** Reads it and answers. */
    PLAIN,
    /** Says 100 Continue after a while, then reads the body. */
    CONTINUE,
    /** Says 100 Continue never, but reads a body that comes. */
    SILENT,
    /** Answers 417 instead of reading the body. */
    UNWILLING,
    /** Answers 413 to the head and hangs up, whatever is still to come. */
    TOO_LARGE,
    /** Takes the head and hangs up without a word. */
    ABRUPT
  }

  /**
   * What came.
   *
   * @param waitedMs from the end of the head to the first byte of the body
   */
  record Upload(String head, long bytes, String sha256, long waitedMs) {}

  final BlockingQueue<Upload> uploads = new LinkedBlockingQueue<>();
  private final ServerSocket listener;
  private final Manner manner;
  private final Thread thread;

  UploadServer(final Manner manner) throws IOException {
    this.manner = manner;
    listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "upload-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        while (answer(socket)) {
          // one request after the other
        }
      } catch (final IOException | InterruptedException e) {
        // the client has gone, or the test is over
      }
    }
  }

  private boolean answer(final Socket socket) throws IOException, InterruptedException {
    final InputStream in = socket.getInputStream();
    final OutputStream out = socket.getOutputStream();
    final String head = head(in);
    if (head.isEmpty() || manner == Manner.ABRUPT) {
      return false;
    }
    if (manner == Manner.UNWILLING || manner == Manner.TOO_LARGE) {
      say(
          out,
          manner == Manner.UNWILLING ? "417 Expectation Failed" : "413 Content Too Large",
          "no");
      uploads.add(new Upload(head, 0, "", 0));
      return manner == Manner.UNWILLING;
    }
    final long startNs = System.nanoTime();
    if (manner == Manner.CONTINUE) {
      Thread.sleep(100);
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    final Upload upload = body(in, head, startNs);
    say(out, "200 OK", upload.sha256());
    uploads.add(upload);
    return true;
  }

  private static Upload body(final InputStream in, final String head, final long startNs)
      throws IOException {
    final MessageDigest sha = sha();
    final long length = length(head);
    final byte[] buffer = new byte[1 << 16];
    long left = length;
    long waitedMs = 0;
    while (left > 0) {
      final int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException(left + " bytes are missing");
      }
      if (left == length) {
        waitedMs = (System.nanoTime() - startNs) / 1_000_000;
      }
      sha.update(buffer, 0, read);
      left -= read;
    }
    return new Upload(head, length, HexFormat.of().formatHex(sha.digest()), waitedMs);
  }

  static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long length(final String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
        .mapToLong(line -> Long.parseLong(line.substring("content-length: ".length())))
        .findFirst()
        .orElse(0);
  }

  private static void say(final OutputStream out, final String status, final String body)
      throws IOException {
    final String text =
        "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String head(final InputStream in) throws IOException {
    final StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      final int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
