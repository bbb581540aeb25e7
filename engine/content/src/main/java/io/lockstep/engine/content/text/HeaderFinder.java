package io.lockstep.engine.content.text;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.response.HeaderLines;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;

/** The values of a header, or what it sets a cookie to. */
public final class HeaderFinder implements Finder<Content> {
  private static final String SET_COOKIE = "set-cookie";

  private final String header;
  private final String cookie;
  private final Matches found = new Matches();

  private HeaderFinder(final String header, final String cookie) {
    this.header = header;
    this.cookie = cookie;
  }

  /** Every field line of the header is a match. */
  public static HeaderFinder header(final String name) {
    return new HeaderFinder(name, null);
  }

  /** Every time that the response sets the cookie is a match; names of cookies have case. */
  public static HeaderFinder cookie(final String name) {
    return new HeaderFinder(SET_COOKIE, name);
  }

  @Override
  public Matches find(final Content content) {
    found.clear();
    final HeaderLines lines = content.headers();
    while (lines.next()) {
      if (lines.isNamed(header)) {
        add(lines.value());
      }
    }
    return found;
  }

  private void add(final String value) {
    if (cookie == null) {
      found.add(value);
      return;
    }
    final int semicolon = value.indexOf(';');
    final String pair = semicolon < 0 ? value : value.substring(0, semicolon);
    final int equals = pair.indexOf('=');
    if (equals > 0 && pair.substring(0, equals).strip().equals(cookie)) {
      found.add(pair.substring(equals + 1).strip());
    }
  }
}
