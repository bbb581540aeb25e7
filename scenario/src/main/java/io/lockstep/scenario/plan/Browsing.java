package io.lockstep.scenario.plan;

/**
 * What a VU does by itself as a browser does.
 *
 * @param cookies whether it keeps cookies and sends them back
 * @param redirects how many redirects in a row it follows; 0 for none
 * @param cache whether it keeps responses and asks whether they have changed
 * @param digest whether it answers challenges of HTTP Digest
 */
public record Browsing(boolean cookies, int redirects, boolean cache, boolean digest) {
  /** None of it. */
  public static final Browsing NONE = new Browsing(false, 0, false);

  /** One that answers no challenges. */
  public Browsing(final boolean cookies, final int redirects, final boolean cache) {
    this(cookies, redirects, cache, false);
  }

  /** The same that answers challenges, where it should. */
  public Browsing answering(final boolean answers) {
    return new Browsing(cookies, redirects, cache, answers);
  }

  /** What must be kept of every response: all of it is told by header fields. */
  public Capture capture() {
    return cookies || redirects > 0 || cache || digest ? Capture.HEADERS : Capture.NONE;
  }
}
