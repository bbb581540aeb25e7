package io.lockstep.engine.content.redirect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI reference in its parts, after RFC 3986; a part that is not there is {@code null}, the path
 * at least empty. {@code java.net.URI} follows an older RFC and resolves some of these otherwise.
 */
record Reference(String scheme, String authority, String path, String query, String fragment) {
  /** Appendix B, with the characters of a scheme. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?",
          Pattern.DOTALL);

  static Reference parse(final String text) {
    final Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException("every text has the form of a reference");
    }
    return new Reference(
        parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
  }

  /** What a reference means where this is the base: section 5.2.2, strictly. */
  Reference resolve(final Reference reference) {
    if (reference.scheme != null) {
      return reference.withPath(reference.scheme, reference.authority, reference.path);
    }
    if (reference.authority != null) {
      return reference.withPath(scheme, reference.authority, reference.path);
    }
    if (reference.path.isEmpty()) {
      return new Reference(
          scheme,
          authority,
          path,
          reference.query != null ? reference.query : query,
          reference.fragment);
    }
    return reference.withPath(
        scheme, authority, reference.path.startsWith("/") ? reference.path : merge(reference.path));
  }

  private Reference withPath(
      final String newScheme, final String newAuthority, final String newPath) {
    return new Reference(newScheme, newAuthority, withoutDotSegments(newPath), query, fragment);
  }

  /** Section 5.2.3. */
  private String merge(final String relative) {
    if (authority != null && path.isEmpty()) {
      return "/" + relative;
    }
    return path.substring(0, path.lastIndexOf('/') + 1) + relative;
  }

  /** Section 5.2.4, in one pass. */
  static String withoutDotSegments(final String path) {
    final StringBuilder out = new StringBuilder(path.length());
    String in = path;
    while (!in.isEmpty()) {
      if (in.startsWith("../")) {
        in = in.substring(3);
      } else if (in.startsWith("./")) {
        in = in.substring(2);
      } else if (in.startsWith("/./")) {
        in = in.substring(2);
      } else if (in.equals("/.")) {
        in = "/";
      } else if (in.startsWith("/../") || in.equals("/..")) {
        in = "/" + in.substring(Math.min(4, in.length()));
        out.setLength(Math.max(0, out.lastIndexOf("/")));
      } else if (in.equals(".") || in.equals("..")) {
        in = "";
      } else {
        final int next = in.indexOf('/', 1);
        out.append(in, 0, next < 0 ? in.length() : next);
        in = next < 0 ? "" : in.substring(next);
      }
    }
    return out.toString();
  }

  /** Section 5.3. */
  @Override
  public String toString() {
    return (scheme == null ? "" : scheme + ":")
        + (authority == null ? "" : "//" + authority)
        + path
        + (query == null ? "" : "?" + query)
        + (fragment == null ? "" : "#" + fragment);
  }
}
