package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Header;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Digest of a logical request: method text, path text, number of headers, name text and value text
 * of each, body text, in the form of {@link CanonicalDigest}. Neither the target nor its base path
 * is in it, so that the same request to another place has the same digest.
 */
final class RequestDigest {
  private RequestDigest() {}

  /** The first eight bytes, big endian. */
  static long of(
      final String method, final String path, final List<Header> headers, final String body) {
    final CanonicalDigest digest = new CanonicalDigest();
    digest.putText(method).putText(path).putInt(headers.size());
    for (final Header header : headers) {
      digest.putText(header.name()).putText(header.value());
    }
    return ByteBuffer.wrap(digest.putText(body).digest()).getLong(0);
  }
}
