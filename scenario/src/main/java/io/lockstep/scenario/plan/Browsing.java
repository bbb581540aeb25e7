package io.lockstep.scenario.plan;

/**
 * What a VU does by itself as a browser does.
 *
 * @param cookies whether it keeps cookies and sends them back
 * @param redirects how many redirects in a row it follows; 0 for none
 * @param cache whether it keeps responses and asks whether they have changed
 */
public record Browsing(boolean cookies, int redirects, boolean cache) {
  /** None of it. */
  public static final Browsing NONE = new Browsing(false, 0, false);

  /** What must be kept of every response: all of it is told by header fields. */
  public Capture capture() {
    return cookies || redirects > 0 || cache ? Capture.HEADERS : Capture.NONE;
  }
}
