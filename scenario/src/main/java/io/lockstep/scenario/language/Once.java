package io.lockstep.scenario.language;

/** What stands in for flows that run once around all scenarios, which files do not have. */
final class Once {
  static final String SETUP = "setup";
  static final String TEARDOWN = "teardown";

  static final String INSTEAD_OF_SETUP =
      "for what each VU does first: `start` in its scenario; for what is done once: a scenario of"
          + " one VU and one iteration with `max_duration`, and `after` in those that wait for it";
  static final String INSTEAD_OF_TEARDOWN =
      "for what each VU does last: `stop` in its scenario; for what is done once: a scenario of one"
          + " VU and one iteration, with `after` the one that ends last";

  private Once() {}
}
