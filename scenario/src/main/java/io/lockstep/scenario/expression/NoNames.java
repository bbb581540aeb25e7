package io.lockstep.scenario.expression;

/** Names of which there are none, for terms without any. */
enum NoNames implements Names {
  NO_NAMES;

  @Override
  public int counter(final String name) {
    return 0;
  }

  @Override
  public int header(final String name) {
    return 0;
  }

  @Override
  public int json(final String path) {
    return 0;
  }
}
