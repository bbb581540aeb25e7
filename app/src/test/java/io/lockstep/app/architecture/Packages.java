package io.lockstep.app.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** The packages that rules speak of, in ArchUnit's notation. */
final class Packages {
  static final String SCENARIO = "io.lockstep.scenario..";
  static final String PLAN = "io.lockstep.scenario.plan..";
  static final String PLAN_EXPRESSION = "io.lockstep.scenario.plan.expression..";
  static final String YAML = "io.lockstep.scenario.yaml..";
  static final String DATA = "io.lockstep.scenario.data..";
  static final String JOURNAL = "io.lockstep.journal..";
  static final String BLOCK = "io.lockstep.journal.block..";
  static final String EVENT = "io.lockstep.journal.event..";
  static final String SINK = "io.lockstep.journal.sink..";
  static final String QUEUE = "io.lockstep.journal.queue..";
  static final String RUN_DIRECTORY = "io.lockstep.journal.run..";
  static final String ENGINE = "io.lockstep.engine..";
  static final String CORE = "io.lockstep.engine.core..";
  static final String METRIC = "io.lockstep.engine.core.metric..";
  static final String AGENT = "io.lockstep.engine.core.agent..";
  static final String CONTENT = "io.lockstep.engine.content..";
  static final String CONTENT_JSON = "io.lockstep.engine.content.json..";
  static final String CONTENT_MARKUP = "io.lockstep.engine.content.markup..";
  static final String CONTENT_TEXT = "io.lockstep.engine.content.text..";
  static final String TRANSPORT = "io.lockstep.engine.transport..";
  static final String REPLAY = "io.lockstep.replay..";
  static final String APP = "io.lockstep.app..";
  static final String BENCH = "io.lockstep.bench..";

  private Packages() {}

  static DescribedPredicate<JavaClass> within(final String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  static DescribedPredicate<JavaClass> outside(final String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackages(packages);
  }
}
