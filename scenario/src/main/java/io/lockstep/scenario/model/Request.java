package io.lockstep.scenario.model;

import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.ResponseUse;
import io.lockstep.scenario.plan.metric.Tag;
import java.util.List;
import java.util.OptionalLong;

/**
 * A request of a scenario.
 *
 * @param name unique in its scenario
 * @param weight how often it is chosen, relative to the others
 * @param method upper case token
 * @param path origin form: path and query
 * @param headers its own, which replace those of the file of the same name
 * @param body empty for none
 * @param timeoutNs its own, if any
 * @param tags of its samples, besides the scenario's
 * @param use what is done with its response
 * @param templates those of its parts that are no literal text
 * @param conditions of those of its checks that are expressions, in their order
 * @param payload what its body is made of; where that is no text, {@code body} is empty
 * @param continueNs how long its body waits to be wanted, where it waits
 */
public record Request(
    String name,
    long weight,
    String method,
    String path,
    List<Header> headers,
    String body,
    OptionalLong timeoutNs,
    List<Tag> tags,
    ResponseUse use,
    Templates templates,
    List<SourceExpression> conditions,
    Payload payload,
    OptionalLong continueNs) {
  public Request {
    headers = List.copyOf(headers);
    tags = List.copyOf(tags);
    conditions = List.copyOf(conditions);
  }

  /** A request of literal text. */
  public Request(
      final String name,
      final long weight,
      final String method,
      final String path,
      final List<Header> headers,
      final String body,
      final OptionalLong timeoutNs,
      final List<Tag> tags,
      final ResponseUse use) {
    this(name, weight, method, path, headers, body, timeoutNs, tags, use, Templates.NONE);
  }

  /** A request without checks that are expressions. */
  public Request(
      final String name,
      final long weight,
      final String method,
      final String path,
      final List<Header> headers,
      final String body,
      final OptionalLong timeoutNs,
      final List<Tag> tags,
      final ResponseUse use,
      final Templates templates) {
    this(name, weight, method, path, headers, body, timeoutNs, tags, use, templates, List.of());
  }

  /** A request whose body is a text that is sent at once. */
  public Request(
      final String name,
      final long weight,
      final String method,
      final String path,
      final List<Header> headers,
      final String body,
      final OptionalLong timeoutNs,
      final List<Tag> tags,
      final ResponseUse use,
      final Templates templates,
      final List<SourceExpression> conditions) {
    this(
        name,
        weight,
        method,
        path,
        headers,
        body,
        timeoutNs,
        tags,
        use,
        templates,
        conditions,
        new Payload.Text(),
        OptionalLong.empty());
  }
}
