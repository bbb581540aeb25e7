package io.lockstep.engine.core.expression;

import io.lockstep.scenario.expression.ExpressionException;
import io.lockstep.scenario.expression.Names;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The names of the reference's examples. */
final class KnownNames implements Names {
  static final List<String> VARIABLES =
      List.of("items", "token", "page", "price", "count", "missing", "yes", "x");

  private static final List<String> COLUMNS = List.of("name", "age");
  private static final List<String> HEADERS = List.of("content-type");
  private static final List<String> PATHS = List.of("$.id", "$.items");

  static Expression expression(final String text) {
    try {
      return SourceExpression.value(text).compile(new KnownNames());
    } catch (final ExpressionException e) {
      throw new AssertionError(text + ": " + e.getMessage(), e);
    }
  }

  static Template template(final String text) {
    try {
      return SourceTemplate.of(text, true).compile(new KnownNames());
    } catch (final ExpressionException e) {
      throw new AssertionError(text + ": " + e.getMessage(), e);
    }
  }

  @Override
  public int variable(final String name) {
    return VARIABLES.indexOf(name);
  }

  @Override
  public Collection<String> variables() {
    return VARIABLES;
  }

  @Override
  public Optional<Object> constant(final String name) {
    return name.equals("region") ? Optional.of("eu") : Optional.empty();
  }

  @Override
  public int feeder(final String name) {
    return name.equals("users") ? 0 : NONE;
  }

  @Override
  public int column(final int feeder, final String name) {
    return COLUMNS.indexOf(name);
  }

  @Override
  public Collection<String> columns(final int feeder) {
    return COLUMNS;
  }

  @Override
  public int secret(final String name) {
    return name.equals("key") ? 0 : NONE;
  }

  @Override
  public Optional<String> environment(final String name) {
    return name.equals("STAGE") ? Optional.of("test") : Optional.empty();
  }

  @Override
  public int counter(final String name) {
    return name.length();
  }

  @Override
  public int header(final String name) {
    return HEADERS.contains(name) ? HEADERS.indexOf(name) : HEADERS.size();
  }

  @Override
  public int json(final String path) {
    return PATHS.contains(path) ? PATHS.indexOf(path) : PATHS.size();
  }
}
