package io.lockstep.scenario.compile;

import io.lockstep.scenario.plan.Logic;
import java.util.ArrayList;
import java.util.List;

/** What flows compute, in the making. */
final class LogicParts {
  final List<Logic.Branch> branches = new ArrayList<>();
  final List<Logic.Cases> cases = new ArrayList<>();
  final List<Logic.Assignment> assignments = new ArrayList<>();
  final List<Logic.Walk> walks = new ArrayList<>();
  final List<Logic.Log> logs = new ArrayList<>();
  final List<Logic.RequestTexts> requests = new ArrayList<>();
  final List<Logic.CheckCondition> checks = new ArrayList<>();
  final List<Logic.Measurement> measurements = new ArrayList<>();

  Logic logic() {
    return new Logic(branches, cases, assignments, walks, logs, requests, checks, measurements);
  }
}
