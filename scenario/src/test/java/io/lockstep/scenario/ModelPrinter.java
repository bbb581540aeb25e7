package io.lockstep.scenario;

import io.lockstep.scenario.model.Feeder;
import io.lockstep.scenario.model.LoadProfile;
import io.lockstep.scenario.model.LoadTest;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Scenario;
import io.lockstep.scenario.model.ScenarioTiming;
import io.lockstep.scenario.model.Secret;
import io.lockstep.scenario.model.Simulate;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.plan.Distribution;
import io.lockstep.scenario.plan.FeederPlan;
import io.lockstep.scenario.plan.Header;
import io.lockstep.scenario.plan.LongArray;
import io.lockstep.scenario.plan.Recording;
import io.lockstep.scenario.plan.Simulation;
import io.lockstep.scenario.plan.Target;
import io.lockstep.scenario.plan.metric.Tag;
import io.lockstep.scenario.plan.metric.Threshold;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a model as JSON, or as YAML in block style; both quote texts the same way. */
final class ModelPrinter {
  private ModelPrinter() {}

  static String json(final LoadTest test) {
    final StringBuilder out = new StringBuilder();
    json(tree(test), out);
    return out.toString();
  }

  static String yaml(final LoadTest test) {
    final StringBuilder out = new StringBuilder();
    yaml(tree(test), "", out);
    return out.toString();
  }

  private static Map<String, Object> tree(final LoadTest test) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", test.name());
    tree.put("seed", test.seed());
    tree.put("tick", ns(test.tickNs()));
    test.target().ifPresent(target -> tree.put("target", url(target)));
    tree.put("timeout", ns(test.timeoutNs()));
    tree.put("headers", headers(test.headers()));
    tree.put("connections", ModelConnections.tree(test.connections()));
    final Map<String, Object> data = new LinkedHashMap<>();
    test.feeders().forEach(feeder -> data.put(feeder.name(), feeder(feeder)));
    tree.put("data", data);
    final Map<String, Object> scenarios = new LinkedHashMap<>();
    test.scenarios().forEach(scenario -> scenarios.put(scenario.name(), scenario(scenario)));
    tree.put("scenarios", scenarios);
    tree.put("thresholds", thresholds(test.thresholds()));
    test.simulate().ifPresent(simulate -> tree.put("simulate", simulate(simulate)));
    tree.put("record", recording(test.recording()));
    final Map<String, Object> secrets = new LinkedHashMap<>();
    test.secrets().forEach(secret -> secrets.put(secret.name(), origin(secret.origin())));
    tree.put("secrets", secrets);
    return tree;
  }

  private static Map<String, Object> recording(final Recording recording) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("bodies", recording.bodies().name().toLowerCase(Locale.ROOT));
    tree.put("max_body", recording.maxBodyBytes());
    return tree;
  }

  private static Map<String, Object> origin(final Secret.Origin origin) {
    return origin instanceof Secret.Environment variable
        ? Map.of("env", variable.variable())
        : Map.of("file", ((Secret.File) origin).path());
  }

  private static Map<String, Object> feeder(final Feeder feeder) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    final Feeder.InlineRows inline = (Feeder.InlineRows) feeder.rows();
    tree.put(
        "rows",
        inline.rows().stream()
            .map(
                row -> {
                  final Map<String, Object> values = new LinkedHashMap<>();
                  inline
                      .columns()
                      .forEach(c -> values.put(c, row.get(inline.columns().indexOf(c))));
                  return values;
                })
            .toList());
    tree.put("mode", feeder.mode().name().toLowerCase(Locale.ROOT));
    tree.put("per", feeder.per().name().toLowerCase(Locale.ROOT));
    if (feeder.mode() != FeederPlan.Mode.RANDOM) {
      tree.put("at_end", feeder.atEnd().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return tree;
  }

  private static Map<String, Object> tags(final List<Tag> tags) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tags.forEach(tag -> tree.put(tag.name(), tag.value()));
    return tree;
  }

  private static Map<String, Object> thresholds(final List<Threshold> thresholds) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    for (final Threshold threshold : thresholds) {
      final List<Object> items = new ArrayList<>();
      thresholds.stream()
          .filter(other -> other.selector().equals(threshold.selector()))
          .forEach(other -> items.add(threshold(other)));
      tree.put(threshold.selector().toString(), items);
    }
    return tree;
  }

  private static Object threshold(final Threshold threshold) {
    if (!threshold.isWindowed() && !threshold.abortOnFail()) {
      return threshold.expression().text();
    }
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("expression", threshold.expression().text());
    if (threshold.isWindowed()) {
      tree.put("over", ns(threshold.overNs()));
    }
    tree.put("abort_on_fail", threshold.abortOnFail());
    return tree;
  }

  private static String url(final Target target) {
    final String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
    return "http://" + host + ":" + target.port() + target.basePath();
  }

  private static Map<String, Object> headers(final List<Header> headers) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    headers.forEach(header -> tree.put(header.name(), header.value()));
    return tree;
  }

  private static Map<String, Object> scenario(final Scenario scenario) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("load", load(scenario.load()));
    timing(scenario.timing(), tree);
    scenario.think().ifPresent(think -> tree.put("think", distribution(think)));
    tree.put("tags", tags(scenario.tags()));
    if (!scenario.requests().isEmpty()) {
      tree.put("requests", scenario.requests().stream().map(ModelPrinter::weighted).toList());
    }
    putSteps(tree, "flow", scenario.flow().steps());
    putSteps(tree, "start", scenario.flow().start());
    putSteps(tree, "stop", scenario.flow().stop());
    tree.put("cookies", scenario.browsing().cookies());
    tree.put("redirects", scenario.browsing().redirects());
    tree.put("cache", scenario.browsing().cache());
    return tree;
  }

  private static void putSteps(
      final Map<String, Object> tree, final String key, final List<Step> steps) {
    if (!steps.isEmpty()) {
      tree.put(key, steps.stream().map(ModelPrinter::step).toList());
    }
  }

  private static Map<String, Object> step(final Step step) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (step instanceof Step.Ask ask) {
      tree.put("request", request(ask.request()));
      return tree;
    }
    if (step instanceof Step.Group group) {
      tree.put("group", group.name());
      putSteps(tree, "steps", group.steps());
      return tree;
    }
    step.id().ifPresent(id -> tree.put("id", id));
    if (step instanceof Step.Think think) {
      tree.put("think", distribution(think.duration()));
    } else if (step instanceof Step.Pace pace) {
      tree.put("pace", distribution(pace.interval()));
    } else if (step instanceof Step.Choose choose) {
      tree.put("choose", choose.manner().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      tree.put("options", choose.options().stream().map(ModelPrinter::option).toList());
    } else if (step instanceof Step.Parallel parallel) {
      tree.put("parallel", Map.of("max", parallel.max()));
      tree.put("requests", parallel.requests().stream().map(ModelPrinter::request).toList());
    } else if (step instanceof Step.Rendezvous rendezvous) {
      tree.put(
          "rendezvous", Map.of("users", rendezvous.users(), "timeout", ns(rendezvous.timeoutNs())));
    } else if (step instanceof Step.Stop stop) {
      tree.put("stop", stop.what().name().toLowerCase(Locale.ROOT));
    } else {
      loop(step, tree);
    }
    return tree;
  }

  private static void loop(final Step step, final Map<String, Object> tree) {
    if (step instanceof Step.Repeat repeat) {
      tree.put("repeat", repeat.times());
      putSteps(tree, "steps", repeat.steps());
    } else if (step instanceof Step.During during) {
      tree.put("during", ns(during.durationNs()));
      putSteps(tree, "steps", during.steps());
    } else if (step instanceof Step.Retry retry) {
      final Map<String, Object> tries = new LinkedHashMap<>();
      tries.put("times", retry.times());
      if (!retry.backoff().equals(Step.Backoff.NONE)) {
        final Map<String, Object> backoff = new LinkedHashMap<>();
        backoff.put("initial", ns(retry.backoff().initialNs()));
        backoff.put("factor", BigDecimal.valueOf(retry.backoff().factor()));
        backoff.put("max", ns(retry.backoff().maxNs()));
        backoff.put("jitter", retry.backoff().jitter() ? "full" : "none");
        tries.put("backoff", backoff);
      }
      tree.put("retry", tries);
      putSteps(tree, "steps", retry.steps());
    } else {
      throw new IllegalArgumentException("no text for " + step);
    }
  }

  private static Map<String, Object> option(final Step.Option option) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    option.id().ifPresent(id -> tree.put("id", id));
    tree.put("weight", option.weight());
    putSteps(tree, "steps", option.steps());
    return tree;
  }

  private static Map<String, Object> weighted(final Request request) {
    final Map<String, Object> tree = request(request);
    tree.put("weight", request.weight());
    return tree;
  }

  private static void timing(final ScenarioTiming timing, final Map<String, Object> tree) {
    tree.put("start_time", ns(timing.startNs()));
    timing.after().ifPresent(name -> tree.put("after", name));
    tree.put("warmup", ns(timing.warmupNs()));
    if (timing.pacingNs() > 0) {
      final BigDecimal perSecond =
          BigDecimal.valueOf(1_000_000_000).divide(BigDecimal.valueOf(timing.pacingNs()));
      tree.put("pacing", Map.of("iterations_per_second", perSecond));
    }
    timing
        .throttle()
        .ifPresent(
            throttle -> {
              final Map<String, Object> keys = new LinkedHashMap<>();
              keys.put("requests_per_second", throttle.requestsPerSecond());
              keys.put("burst", throttle.burst());
              tree.put("throttle", keys);
            });
  }

  private static List<Object> stages(final List<LoadProfile.Stage> stages) {
    final List<Object> list = new ArrayList<>();
    for (final LoadProfile.Stage stage : stages) {
      final Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("duration", ns(stage.durationNs()));
      keys.put("target", stage.target());
      list.add(keys);
    }
    return list;
  }

  private static Map<String, Object> capacity(final LoadProfile.Capacity l) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("executor", "capacity");
    tree.put("start_rate", l.startRate());
    tree.put("step_rate", l.stepRate());
    tree.put("max_rate", l.maxRate());
    tree.put("time_unit", ns(l.timeUnitNs()));
    tree.put("step_duration", ns(l.stepDurationNs()));
    tree.put("max_vus", l.maxVus());
    tree.put("arrivals", l.arrivals().name().toLowerCase(Locale.ROOT));
    final Map<String, Object> slo = new LinkedHashMap<>();
    slo.put("p99", ns(l.objective().p99Ns()));
    slo.put("error_rate", BigDecimal.valueOf(l.objective().errorsPerBillion(), 9));
    tree.put("slo", slo);
    return tree;
  }

  private static Map<String, Object> load(final LoadProfile load) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (load instanceof LoadProfile.ConstantVus l) {
      tree.put("executor", "constant-vus");
      tree.put("vus", l.vus());
      tree.put("duration", ns(l.durationNs()));
    } else if (load instanceof LoadProfile.PerVuIterations l) {
      tree.put("executor", "per-vu-iterations");
      tree.put("vus", l.vus());
      tree.put("iterations", l.iterations());
      l.maxDurationNs().ifPresent(ns -> tree.put("max_duration", ns(ns)));
    } else if (load instanceof LoadProfile.ConstantArrivalRate l) {
      tree.put("executor", "constant-arrival-rate");
      tree.put("rate", l.rate());
      tree.put("time_unit", ns(l.timeUnitNs()));
      tree.put("duration", ns(l.durationNs()));
      tree.put("max_vus", l.maxVus());
      tree.put("arrivals", l.arrivals().name().toLowerCase(Locale.ROOT));
    } else if (load instanceof LoadProfile.SharedIterations l) {
      tree.put("executor", "shared-iterations");
      tree.put("vus", l.vus());
      tree.put("iterations", l.iterations());
      l.maxDurationNs().ifPresent(ns -> tree.put("max_duration", ns(ns)));
    } else if (load instanceof LoadProfile.RampingVus l) {
      tree.put("executor", "ramping-vus");
      tree.put("start_vus", l.startVus());
      tree.put("stages", stages(l.stages()));
      tree.put("graceful_ramp_down", ns(l.gracefulRampDownNs()));
    } else if (load instanceof LoadProfile.RampingArrivalRate l) {
      tree.put("executor", "ramping-arrival-rate");
      tree.put("start_rate", l.startRate());
      tree.put("time_unit", ns(l.timeUnitNs()));
      tree.put("stages", stages(l.stages()));
      tree.put("max_vus", l.maxVus());
      tree.put("arrivals", l.arrivals().name().toLowerCase(Locale.ROOT));
    } else if (load instanceof LoadProfile.ExternallyControlled l) {
      tree.put("executor", "externally-controlled");
      tree.put("vus", l.startVus());
      tree.put("max_vus", l.maxVus());
      l.rate().ifPresent(rate -> tree.put("rate", rate));
      tree.put("time_unit", ns(l.timeUnitNs()));
      tree.put("duration", ns(l.durationNs()));
    } else if (load instanceof LoadProfile.Capacity l) {
      tree.putAll(capacity(l));
    }
    tree.put("graceful_stop", ns(load.gracefulStopNs()));
    return tree;
  }

  private static Map<String, Object> request(final Request request) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", request.name());
    tree.put("method", request.method());
    tree.put("path", request.path());
    tree.put("headers", headers(request.headers()));
    tree.put("body", request.body());
    request.timeoutNs().ifPresent(ns -> tree.put("timeout", ns(ns)));
    tree.put("tags", tags(request.tags()));
    if (!request.use().isNone() || !request.use().expected().isEmpty()) {
      tree.putAll(UsePrinter.tree(request.use()));
    }
    return tree;
  }

  private static Object distribution(final Distribution distribution) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (distribution instanceof Distribution.Constant d) {
      return ns(d.valueNs());
    } else if (distribution instanceof Distribution.Uniform d) {
      tree.put("distribution", "uniform");
      tree.put("min", ns(d.minNs()));
      tree.put("max", ns(d.maxNs()));
    } else if (distribution instanceof Distribution.Normal d) {
      tree.put("distribution", "normal");
      tree.put("mean", ns(d.meanNs()));
      tree.put("std_dev", ns(d.stdDevNs()));
    } else if (distribution instanceof Distribution.Exponential d) {
      tree.put("distribution", "exponential");
      tree.put("mean", ns(d.meanNs()));
    } else if (distribution instanceof Distribution.LogNormal d) {
      tree.put("distribution", "lognormal");
      tree.put("median", ns(d.medianNs()));
      tree.put("sigma", BigDecimal.valueOf(d.sigma()));
    } else if (distribution instanceof Distribution.Empirical d) {
      tree.put("distribution", "empirical");
      tree.put("values", items(d.valuesNs()).stream().map(ModelPrinter::ns).toList());
      tree.put("weights", items(d.weights()));
    }
    return tree;
  }

  private static List<Long> items(final LongArray array) {
    return Arrays.stream(array.toArray()).boxed().toList();
  }

  private static Map<String, Object> simulate(final Simulate simulate) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    if (simulate.servers() != Simulation.UNLIMITED) {
      tree.put("servers", simulate.servers());
    }
    tree.put("latency", distribution(simulate.answer().latency()));
    tree.put("errors", errors(simulate.answer().errors()));
    tree.put("status", simulate.answer().status());
    tree.put("bytes", simulate.answer().bytes());
    tree.put("headers", headers(simulate.answer().headers()));
    tree.put("body", simulate.answer().body());
    final Map<String, Object> requests = new LinkedHashMap<>();
    simulate
        .differences()
        .forEach(
            (name, difference) ->
                requests.put(name.scenario() + "/" + name.request(), difference(difference)));
    tree.put("requests", requests);
    return tree;
  }

  private static Map<String, Object> difference(final Simulate.Difference difference) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    difference.latency().ifPresent(latency -> tree.put("latency", distribution(latency)));
    difference.errors().ifPresent(errors -> tree.put("errors", errors(errors)));
    difference.status().ifPresent(status -> tree.put("status", status));
    difference.bytes().ifPresent(bytes -> tree.put("bytes", bytes));
    difference.headers().ifPresent(headers -> tree.put("headers", headers(headers)));
    difference.body().ifPresent(body -> tree.put("body", body));
    return tree;
  }

  private static Map<String, Object> errors(final List<Simulation.ErrorRate> errors) {
    final Map<String, Object> tree = new LinkedHashMap<>();
    errors.forEach(e -> tree.put(e.outcome().key(), BigDecimal.valueOf(e.probability())));
    return tree;
  }

  private static String ns(final long ns) {
    final long ms = ns / 1_000_000;
    final long rest = ns % 1_000_000;
    return rest == 0 && ms > 0 ? ms / 1_000 + "s" + ms % 1_000 + "ms" : ns + "ns";
  }

  private static void json(final Object value, final StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (final Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator).append(quoted(entry.getKey())).append(':');
        json(entry.getValue(), out);
        separator = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (final Object item : list) {
        out.append(separator);
        json(item, out);
        separator = ",\n\t";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else {
      out.append(value instanceof String ? quoted(value) : value);
    }
  }

  private static void yaml(final Object value, final String indent, final StringBuilder out) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      for (final Map.Entry<?, ?> entry : map.entrySet()) {
        out.append('\n').append(indent).append(quoted(entry.getKey())).append(": ");
        yaml(entry.getValue(), indent + "  ", out);
      }
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      for (final Object item : list) {
        out.append('\n').append(indent).append("- ");
        yaml(item, indent + "  ", out);
      }
    } else {
      json(value, out);
    }
  }

  private static String quoted(final Object text) {
    return '"'
        + text.toString()
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
        + '"';
  }
}
