package io.lockstep.replay.summary;

import java.util.List;

/**
 * What became of the responses to a request; only for requests of which there is something to say.
 *
 * @param request its name
 * @param followed redirects that were followed, each by a request of its own
 * @param notFollowed redirects that were not, by the reason
 * @param cacheHits answers that a VU had, so that nothing was sent
 * @param notModified answers that a VU had and the target said are still good
 * @param undecoded bodies that something looked at and that have a fault in their coding, by its
 *     kind
 * @param missed extractions that found nothing, by the name of the variable
 */
public record ResponseRow(
    String request,
    long followed,
    List<Counted> notFollowed,
    long cacheHits,
    long notModified,
    List<Counted> undecoded,
    List<Counted> missed) {
  public ResponseRow {
    notFollowed = List.copyOf(notFollowed);
    undecoded = List.copyOf(undecoded);
    missed = List.copyOf(missed);
  }

  boolean isEmpty() {
    return followed + cacheHits + notModified == 0
        && notFollowed.isEmpty()
        && undecoded.isEmpty()
        && missed.isEmpty();
  }
}
