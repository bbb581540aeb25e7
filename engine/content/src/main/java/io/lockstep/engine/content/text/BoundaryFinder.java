package io.lockstep.engine.content.text;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;

/** What lies between two texts in the body, as often as they come in this order. */
public final class BoundaryFinder implements Finder<Content> {
  private final String left;
  private final String right;
  private final Matches found = new Matches();

  public BoundaryFinder(final String left, final String right) {
    this.left = left;
    this.right = right;
  }

  @Override
  public Matches find(final Content content) {
    found.clear();
    final String text = content.text();
    int from = text.indexOf(left);
    while (from >= 0 && !found.isFull()) {
      final int start = from + left.length();
      final int end = text.indexOf(right, start);
      if (end < 0) {
        break;
      }
      found.add(text.substring(start, end));
      from = text.indexOf(left, end + right.length());
    }
    return found;
  }
}
