package io.lockstep.scenario.read;

/**
 * A key of an object.
 *
 * @param name in the file
 * @param type of its value
 * @param required whether it must be there
 * @param absent value where it is not there; may be {@code null}
 * @param defaultText that value as the file would spell it; empty where there is none
 * @param description one sentence without its full stop
 * @param <T> what its value is read to
 */
public record Key<T>(
    String name,
    Type<? extends T> type,
    boolean required,
    T absent,
    String defaultText,
    String description) {

  /** A key that must be there. */
  public static <T> Key<T> required(
      final String name, final Type<? extends T> type, final String description) {
    return new Key<>(name, type, true, null, "", description);
  }

  /** A key whose absence is {@code null}. */
  public static <T> Key<T> optional(
      final String name, final Type<? extends T> type, final String description) {
    return new Key<>(name, type, false, null, "", description);
  }

  /** A key with a default. */
  public static <T> Key<T> optional(
      final String name,
      final Type<? extends T> type,
      final T absent,
      final String defaultText,
      final String description) {
    return new Key<>(name, type, false, absent, defaultText, description);
  }
}
