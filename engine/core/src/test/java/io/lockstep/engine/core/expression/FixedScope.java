package io.lockstep.engine.core.expression;

import io.lockstep.scenario.plan.expression.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scope that tests set, with the names of {@link KnownNames}; it is that of the reference. */
final class FixedScope implements Scope {
  /** 2026-11-20T12:34:56.789Z. */
  static final long NOW_NS = 1_795_178_096_789_000_000L;

  final Value[] variables = new Value[KnownNames.VARIABLES.size()];
  final Map<Integer, Long> counts = new HashMap<>();
  long stream = 17;
  String secret = "s3cret";

  FixedScope() {
    for (int i = 0; i < variables.length; i++) {
      variables[i] = new Value();
    }
    set("items", List.of("a", "b", "c"));
    set("token", "abc");
    set("page", 3L);
    set("price", 2.5);
    set("count", "12");
    set("yes", true);
  }

  void set(final String variable, final Object value) {
    variables[KnownNames.VARIABLES.indexOf(variable)].setItem(value);
  }

  @Override
  public void variable(final int slot, final Value into) {
    into.copy(variables[slot]);
  }

  @Override
  public void setup(final int index, final Value into) {
    into.set("setup" + index);
  }

  @Override
  public void column(final int feeder, final int column, final Value into) {
    into.set(column == 0 ? "Ada" : "36");
  }

  @Override
  public long vu() {
    return 7;
  }

  @Override
  public long iteration() {
    return 2;
  }

  @Override
  public String scenario() {
    return "browse";
  }

  @Override
  public long seed() {
    return 42;
  }

  @Override
  public long stream() {
    return stream;
  }

  @Override
  public long nowNs() {
    return NOW_NS;
  }

  @Override
  public long count(final int counter) {
    return counts.merge(counter, 1L, Long::sum);
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public long serviceTimeNs() {
    return 12_500_000;
  }

  @Override
  public long responseTimeNs() {
    return 13_000_000;
  }

  @Override
  public long size() {
    return 34;
  }

  @Override
  public boolean failed() {
    return false;
  }

  @Override
  public String error() {
    return null;
  }

  @Override
  public void body(final Value into) {
    into.set("{\"id\":\"o-1\",\"items\":[1,2]}");
  }

  @Override
  public void header(final int header, final Value into) {
    if (header == 0) {
      into.set("text/html");
    } else {
      into.setNull();
    }
  }

  @Override
  public void json(final int path, final Value into) {
    if (path == 0) {
      into.set("o-1");
    } else if (path == 1) {
      into.set(List.of(1L, 2L));
    } else {
      into.setNull();
    }
  }

  @Override
  public String secret(final int index) {
    return secret;
  }
}
