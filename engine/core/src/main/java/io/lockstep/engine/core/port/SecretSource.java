package io.lockstep.engine.core.port;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The values of a plan's secrets. A live run has one, and shows the values to the wire and to
 * nothing else; a simulation and a replay have {@link #NONE}, since what is digested and journaled
 * holds secrets by name.
 */
public interface SecretSource {
  /** No values: of a plan that is not sent anywhere, or has no secrets. */
  SecretSource NONE =
      new SecretSource() {
        @Override
        public boolean hasValues() {
          return false;
        }

        @Override
        public byte[] value(final int secret) {
          throw new IllegalStateException(
              "the value of secret " + secret + " was asked for where there are none");
        }

        @Override
        public void echoed(final int secret) {
          throw new IllegalStateException("secret " + secret + " has no value to be echoed");
        }

        @Override
        public boolean isEchoed(final int secret) {
          return false;
        }

        @Override
        public String toString() {
          return "no secrets";
        }
      };

  /** Whether there are values, so that requests have a form of their own for the wire. */
  boolean hasValues();

  /**
   * The value of a secret, as the bytes that go on the wire; not to be changed or kept.
   *
   * @param secret index in the plan's secrets
   */
  byte[] value(int secret);

  /**
   * Whether the value may be another later on, so that it is to be asked for by {@link #text} each
   * time.
   *
   * @param secret index in the plan's secrets
   */
  default boolean changes(final int secret) {
    return false;
  }

  /**
   * The value as a text.
   *
   * @param secret index in the plan's secrets
   */
  default String text(final int secret) {
    return new String(value(secret), StandardCharsets.UTF_8);
  }

  /**
   * What no response may show though it is no secret of the plan: a proxy's password that the
   * environment has. Not to be changed.
   */
  default List<byte[]> unnamed() {
    return List.of();
  }

  /** A target has sent the value of a secret back. Any thread. */
  void echoed(int secret);

  /** Whether a target has sent the value of a secret back in this run. Any thread. */
  boolean isEchoed(int secret);
}
