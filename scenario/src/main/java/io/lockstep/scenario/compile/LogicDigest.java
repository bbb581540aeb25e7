package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Flow;
import io.lockstep.scenario.plan.Logic;
import io.lockstep.scenario.plan.Memory;
import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;

/** The part of a plan's digest with what flows compute, and remember for that. */
final class LogicDigest {
  private final CanonicalDigest out;

  LogicDigest(final CanonicalDigest out) {
    this.out = out;
  }

  void put(final Logic logic) {
    out.putInt(logic.branches().size());
    for (final Logic.Branch branch : logic.branches()) {
      put(branch.condition(), branch.site());
      out.putInt(branch.target());
    }
    out.putInt(logic.cases().size());
    for (final Logic.Cases cases : logic.cases()) {
      put(cases.subject(), cases.site());
      out.putInt(cases.texts().size());
      for (int i = 0; i < cases.texts().size(); i++) {
        out.putText(cases.texts().get(i)).putLong(cases.targets().get(i));
      }
      out.putInt(cases.otherwise());
    }
    out.putInt(logic.assignments().size());
    for (final Logic.Assignment assignment : logic.assignments()) {
      out.putInt(assignment.value());
      put(assignment.expression(), assignment.site());
    }
    out.putInt(logic.walks().size());
    for (final Logic.Walk walk : logic.walks()) {
      put(walk.items(), walk.site());
      out.putInt(walk.listValue())
          .putInt(walk.indexSlot())
          .putInt(walk.itemValue())
          .putInt(walk.target())
          .putInt(walk.exit());
    }
    putTexts(logic);
  }

  private void putTexts(final Logic logic) {
    out.putInt(logic.logs().size());
    logic.logs().forEach(log -> put(log.text(), log.site()));
    out.putInt(logic.requests().size());
    for (final Logic.RequestTexts request : logic.requests()) {
      out.putInt(request.request());
      put(request.path());
      out.putInt(request.headers().size());
      request.headers().forEach(this::put);
      put(request.body());
      request.afterFiles().forEach(this::put);
      request
          .signing()
          .ifPresent(
              signing -> {
                put(signing.accessKey());
                put(signing.secretKey());
                out.putText(signing.region()).putText(signing.service());
              });
    }
    out.putInt(logic.checks().size());
    for (final Logic.CheckCondition check : logic.checks()) {
      out.putInt(check.request()).putInt(check.check());
      put(check.condition(), check.site());
    }
    logic
        .measurements()
        .forEach(
            measurement -> {
              out.putInt(measurement.custom());
              put(measurement.value(), measurement.site());
            });
  }

  /** What the VUs of each scenario remember. */
  void putMemories(final Flow flow) {
    out.putInt(flow.scenarios().size());
    for (final Flow.ScenarioFlow scenario : flow.scenarios()) {
      final Memory memory = scenario.memory();
      out.putInt(memory.variables().size());
      memory.variables().forEach(out::putText);
      out.putInt(memory.values()).putInt(memory.captured().size());
      for (final Memory.Captured captured : memory.captured()) {
        out.putInt(
                switch (captured.part()) {
                  case HEADER -> 1;
                  case JSON -> 2;
                  case BODY -> 3;
                  case SIZE -> 4;
                })
            .putText(captured.of())
            .putInt(captured.value());
      }
      out.putInt(memory.responseSlot()).putInt(memory.rows().size());
      memory.rows().forEach(row -> out.putInt(row.feeder()).putInt(row.slot()));
    }
  }

  private void put(final Logic.Text text) {
    put(text.template(), text.site());
  }

  private void put(final Template template, final long site) {
    out.putText(template.text()).putLong(site);
  }

  private void put(final Expression expression, final long site) {
    out.putText(expression.text()).putLong(site);
  }
}
