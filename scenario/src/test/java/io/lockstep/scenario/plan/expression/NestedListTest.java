package io.lockstep.scenario.plan.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A flow can put a list into itself time and again; what it gets stays of a size that can be
 * walked.
 */
final class NestedListTest {
  private final Value value = new Value();

  @Test
  void shouldRefuseAListThatHoldsItselfTwiceTimeAndAgain() {
    value.set(List.of(1L));
    int rounds = 0;
    while (value.kind() == Kind.LIST) {
      value.set(Arrays.asList(value.item(), value.item()));
      rounds++;
    }
    assertEquals("the list and those in it have more than 100000 items", value.failure());
    assertTrue(rounds < 20, "after " + rounds);
  }

  @Test
  void shouldRefuseAListThatIsNestedTooDeep() {
    value.set(List.of(1L));
    int rounds = 1;
    while (value.kind() == Kind.LIST) {
      value.set(List.of(value.item()));
      rounds++;
    }
    assertEquals("the list has lists within each other more than 64 deep", value.failure());
    assertEquals(ExpressionLimits.MAX_DEPTH + 1, rounds);
  }

  @Test
  void shouldRefuseAListWhoseTextsAreTooLongTogether() {
    final String text = "x".repeat(ExpressionLimits.MAX_TEXT);
    value.set(List.of(text, text, text, text, text, text, text, text));
    assertEquals(Kind.LIST, value.kind());
    value.set(Arrays.asList(value.item(), "x"));
    assertEquals(
        "the texts of the list have more than 8388608 characters together", value.failure());
  }

  @Test
  void shouldMeasureListsThatAreNotYetBounded() {
    List<?> list = List.of();
    for (int i = 0; i < ExpressionLimits.MAX_DEPTH; i++) {
      list = List.of(list);
    }
    value.set(list);
    assertEquals(Kind.FAILURE, value.kind());
    value.set(List.of(List.of(1L, List.of("a"))));
    assertEquals("[[1, [\"a\"]]]", value.toString());
    assertEquals(List.of(List.of(1L, List.of("a"))), value.item());
  }
}
