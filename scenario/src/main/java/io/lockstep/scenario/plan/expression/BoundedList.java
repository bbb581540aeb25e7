package io.lockstep.scenario.plan.expression;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A list that nobody changes any more, with what it takes to walk over it. Lists may hold lists,
 * and a flow that puts a list into itself time and again would otherwise build one that no memory
 * holds.
 */
final class BoundedList extends AbstractList<Object> implements RandomAccess {
  private final List<?> items;
  private final int depth;
  private final long values;
  private final long characters;

  private BoundedList(
      final List<?> items, final int depth, final long values, final long characters) {
    this.items = items;
    this.depth = depth;
    this.values = values;
    this.characters = characters;
  }

  /** The same items; those that are lists are bounded too. */
  static BoundedList of(final List<?> items) {
    if (items instanceof BoundedList bounded) {
      return bounded;
    }
    int depth = 0;
    long values = items.size();
    long characters = 0;
    for (final Object item : items) {
      if (item instanceof String text) {
        characters += text.length();
      } else if (item instanceof List<?> list) {
        final BoundedList inner = of(list);
        depth = Math.max(depth, inner.depth);
        values += inner.values;
        characters += inner.characters;
      }
    }
    return new BoundedList(items, depth + 1, values, characters);
  }

  /** Why no value may be this list; {@code null} where one may. */
  String fault() {
    if (items.size() > ExpressionLimits.MAX_LIST) {
      return "the list has more than " + ExpressionLimits.MAX_LIST + " items";
    }
    if (depth > ExpressionLimits.MAX_DEPTH) {
      return "the list has lists within each other more than "
          + ExpressionLimits.MAX_DEPTH
          + " deep";
    }
    if (values > ExpressionLimits.MAX_LIST) {
      return "the list and those in it have more than " + ExpressionLimits.MAX_LIST + " items";
    }
    if (characters > ExpressionLimits.MAX_LIST_TEXT) {
      return "the texts of the list have more than "
          + ExpressionLimits.MAX_LIST_TEXT
          + " characters together";
    }
    return null;
  }

  @Override
  public Object get(final int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}
