package io.lockstep.engine.core.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.scenario.plan.expression.Kind;
import io.lockstep.scenario.plan.expression.Value;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class GivenValueTest {
  /** Every kind of item, lists in lists included. */
  @Provide
  static Arbitrary<Object> items() {
    final Arbitrary<Object> plain =
        Arbitraries.oneOf(
            Arbitraries.just(null),
            Arbitraries.of(true, false),
            Arbitraries.longs().map(n -> n),
            Arbitraries.doubles().map(n -> n),
            Arbitraries.strings().ofMaxLength(300).alpha().map(t -> t),
            Arbitraries.of("", "ünïcödé \uD83D\uDE00", "\n\"\\", "12"));
    final Arbitrary<Object> lists = plain.list().ofMaxSize(5).map(list -> list);
    return Arbitraries.oneOf(plain, lists, Arbitraries.oneOf(plain, lists).list().ofMaxSize(4));
  }

  @Property
  void whateverIsGivenComesOutAsItWas(@ForAll("items") final Object item) {
    final GivenValue given = of(item);
    assertEquals(item, given.item());
    final GivenValue read = GivenValue.of(given.code(), bytes(given));
    assertEquals(given, read);
    assertEquals(given.hashCode(), read.hashCode());
    assertEquals(item, read.item());
    assertEquals(value(item).toString(), read.toString());
    assertEquals(value(item).kind(), GivenValue.kind(given.code()));
  }

  @Property
  void noBytesAreReadAsAValueAndAnError(
      @ForAll final byte[] bytes, @ForAll("codes") final int code) {
    try {
      final GivenValue value = GivenValue.of(code, bytes);
      assertEquals(value, GivenValue.of(code, bytes));
      assertEquals(bytes.length, value.length());
    } catch (final IllegalArgumentException e) {
      assertNotEquals("", e.getMessage());
    }
  }

  @Provide
  static Arbitrary<Integer> codes() {
    return Arbitraries.integers().between(-1, 7);
  }

  @Test
  void shouldRefuseWhatIsTooShortOrTooLong() {
    assertThrows(IllegalArgumentException.class, () -> GivenValue.of(2, new byte[7]));
    assertThrows(IllegalArgumentException.class, () -> GivenValue.of(2, new byte[9]));
    assertThrows(IllegalArgumentException.class, () -> GivenValue.of(0, new byte[1]));
    assertThrows(
        IllegalArgumentException.class, () -> GivenValue.of(5, new byte[] {4, 9, 0, 0, 0}));
    assertThrows(IllegalArgumentException.class, () -> GivenValue.of(6, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> GivenValue.kind(6));
  }

  @Test
  void shouldTellKindsApart() {
    assertEquals(Kind.NULL, GivenValue.kind(GivenValue.NULL.code()));
    assertNotEquals(of("1"), of(1L));
    assertNotEquals(of(List.of()), of(""));
    assertNotEquals(of(1.0), of(1L));
    assertEquals(of("abc"), GivenValue.of("abc"));
  }

  private static GivenValue of(final Object item) {
    return GivenValue.of(value(item));
  }

  private static Value value(final Object item) {
    final Value value = new Value();
    value.setItem(item);
    return value;
  }

  private static byte[] bytes(final GivenValue value) {
    final byte[] bytes = new byte[value.length()];
    value.copy(0, bytes, bytes.length);
    return bytes;
  }
}
