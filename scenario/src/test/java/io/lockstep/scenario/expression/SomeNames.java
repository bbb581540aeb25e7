package io.lockstep.scenario.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A few names for tests; counters, headers and paths are numbered as they are asked for. */
final class SomeNames implements Names {
  static final List<String> VARIABLES = List.of("total", "token", "has_next");
  static final List<String> COLUMNS = List.of("name", "email");

  final List<String> counters = new ArrayList<>();
  final List<String> headers = new ArrayList<>();
  final List<String> paths = new ArrayList<>();

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
    return name.equals("page_size") ? Optional.of(20L) : Optional.empty();
  }

  @Override
  public Collection<String> constants() {
    return List.of("page_size");
  }

  @Override
  public Collection<String> environmentNames() {
    return List.of("PATH", "SHOP_TOKEN");
  }

  @Override
  public int feeder(final String name) {
    return name.equals("users") ? 3 : NONE;
  }

  @Override
  public Collection<String> feeders() {
    return List.of("users");
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
    return name.equals("token") ? 0 : NONE;
  }

  @Override
  public Collection<String> secrets() {
    return List.of("token");
  }

  @Override
  public Optional<String> environment(final String name) {
    return name.equals("HOME_REGION") ? Optional.of("eu") : Optional.empty();
  }

  @Override
  public int counter(final String name) {
    return number(counters, name);
  }

  @Override
  public int header(final String name) {
    return number(headers, name);
  }

  @Override
  public Optional<String> jsonFault(final String path) {
    return path.startsWith("$") ? Optional.empty() : Optional.of("does not start with $");
  }

  @Override
  public int json(final String path) {
    return number(paths, path);
  }

  private static int number(final List<String> known, final String name) {
    if (!known.contains(name)) {
      known.add(name);
    }
    return known.indexOf(name);
  }
}
