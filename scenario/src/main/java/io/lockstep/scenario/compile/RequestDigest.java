package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.BodyFile;
import io.lockstep.scenario.plan.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Digest of a logical request: method text, path text, number of headers, name text and value text
 * of each, body text, and where the body has files their number and of each how many bytes of the
 * body's text come before it, its length and the text of its digest, in the form of {@link
 * CanonicalDigest}. Neither the target nor its base path is in it, so that the same request to
 * another place has the same digest.
 */
final class RequestDigest {
  private RequestDigest() {}

  /** The first eight bytes, big endian. */
  static long of(
      final String method,
      final String path,
      final List<Header> headers,
      final String body,
      final List<BodyFile> files) {
    final CanonicalDigest digest = new CanonicalDigest();
    digest.putText(method).putText(path).putInt(headers.size());
    for (final Header header : headers) {
      digest.putText(header.name()).putText(header.value());
    }
    final StringBuilder text = new StringBuilder(body);
    files.forEach(file -> text.append(file.after()));
    digest.putText(text.toString());
    if (!files.isEmpty()) {
      digest.putInt(files.size());
      int position = utf8(body);
      for (final BodyFile file : files) {
        digest.putInt(position).putLong(file.bytes()).putText(file.digest());
        position += utf8(file.after());
      }
    }
    return ByteBuffer.wrap(digest.digest()).getLong(0);
  }

  private static int utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
