package io.lockstep.engine.core.port;

/**
 * Reads responses as the plan says: values for variables, and whether checks hold. A pure function
 * of the plan and the response: no clock, no state beyond the response at hand, and no body makes
 * it fail. Single-threaded; each shard has its own.
 *
 * <p>{@link #begin} comes first; the response and its buffers must then stay as they are until all
 * that is wanted of it has been asked for. What is parsed is parsed once, when it is first needed.
 */
public interface ResponseReader {
  /** Turns to a response and forgets the last. */
  void begin(ResponseView response);

  /** Turns to what came of a request, a response or none, and forgets the last. */
  void begin(Completion completion);

  /**
   * Hands over the value of each extraction of a request, in order.
   *
   * @param request index in the plan
   * @param stream key of the iteration's random streams, for a random index
   * @param counter how often the iteration made this request before
   * @param sink is called once for each extraction
   * @return a bit for each extraction that found nothing, its default or not; bit 0 is the first
   */
  long extract(int request, long stream, long counter, ValueSink sink);

  /**
   * Holds the response to the checks of a request. Where no response came, all of them fail.
   *
   * @param request index in the plan
   * @return a bit for each check that fails; bit 0 is the first. The bits of expressions are clear
   *     where a response came: the caller evaluates them.
   */
  long check(int request);

  /**
   * Hands over, as ordinal 0, what an expression calls {@code json(path)}: the one value at a
   * definite path, typed as JSON types it, or a list of all at another.
   *
   * @param path one that was found right when the plan was loaded
   */
  void json(String path, ValueSink sink);

  /** The first value of a header, or {@code null}; names ignore case. */
  String header(String name);

  /**
   * What is wrong with the content coding of the body, as far as something looked at that: the last
   * question about a response.
   */
  BodyFault bodyFault();

  /** The body as text in the charset that the response names, else UTF-8. */
  String body();
}
