package io.lockstep.engine.transport.http1;

import io.lockstep.scenario.plan.Target;

/**
 * How requests name their target.
 *
 * @param prefix put before each request's path: the target's base path, and before that the target
 *     itself where a proxy is asked (RFC 9112, section 3.2.2)
 * @param authority in the field Host
 * @param fields for the proxy, each with its end; never journaled
 */
public record Addressing(String prefix, String authority, String fields) {
  /** Of requests that go to the target itself, or through a tunnel. */
  public static Addressing direct(final Target target) {
    return new Addressing(target.basePath(), target.authority(), "");
  }

  /** Of requests that a proxy makes in the client's name. */
  public static Addressing absolute(final Target target, final String fields) {
    return new Addressing(
        "http://" + target.authority() + target.basePath(), target.authority(), fields);
  }
}
