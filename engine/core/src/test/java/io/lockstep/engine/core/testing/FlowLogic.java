package io.lockstep.engine.core.testing;

import io.lockstep.scenario.expression.ExpressionException;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.model.Request;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.model.Templates;
import io.lockstep.scenario.plan.Header;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Draws steps that compute, and templates. Nothing in them hangs on the moment or on which VU
 * serves an arrival; some of them fail now and then.
 */
final class FlowLogic {
  static final int KINDS = 7;

  private static final List<String> CONDITIONS =
      List.of(
          "n > 3",
          "status == 200",
          "failed",
          "int(1, 3) == 1",
          "iteration % 2 == 0 && item != \"b\"",
          "duration < 2 || error == \"reset\"");
  private static final List<String> VALUES =
      List.of(
          "int(1, 10)",
          "iteration",
          "n == null ? 1 : n + 1",
          "uuid()",
          "counter(\"c\")",
          "choice(\"a\", 1, null)",
          "10 / int(0, 5)");
  private static final List<String> LISTS =
      List.of("[1, 2]", "split(\"a,b,c\", \",\")", "null", "[]", "[n, hex(4)]");
  private static final List<String> VARIABLES = List.of("n", "m");

  private final Random random;

  FlowLogic(final Random random) {
    this.random = random;
  }

  /** Variables that conditions know must be set somewhere. */
  Step first() {
    final Map<String, SourceExpression> values = new LinkedHashMap<>();
    values.put("n", value("int(1, 5)"));
    values.put("m", value("n"));
    values.put("item", value("\"none\""));
    return new Step.Assign(Optional.of("first"), values);
  }

  Step step(final int kind, final Optional<String> id, final Supplier<List<Step>> nested) {
    return switch (kind) {
      case 0 -> new Step.If(id, condition(), nested.get(), random.nextBoolean() ? nested.get() : List.of());
      case 1 -> new Step.While(id, condition(), 1 + random.nextInt(3), nested.get());
      case 2 -> new Step.ForEach(id, value(any(LISTS)), "item", nested.get());
      case 3 ->
          new Step.Switch(
              id, value(any(VALUES)), Map.of("1", nested.get(), "a", nested.get()), nested.get());
      case 4 -> new Step.Log(id, template("${iteration}: ${n} ${default(item, \"-\")}"));
      default -> new Step.Assign(id, Map.of(any(VARIABLES), value(any(VALUES))));
    };
  }

  Optional<SourceExpression> until() {
    return random.nextBoolean() ? Optional.of(condition()) : Optional.empty();
  }

  /** The request, half of them with templates. */
  Request rendered(final Request request) {
    if (random.nextBoolean()) {
      return request;
    }
    final String path = request.path() + "?n=${n}&u=${hex(6)}";
    final String value = "${iteration}-${counter(\"h\")}";
    return new Request(
        request.name(),
        request.weight(),
        request.method(),
        path,
        List.of(new Header("X-N", value)),
        "",
        request.timeoutNs(),
        request.tags(),
        request.use(),
        new Templates(
            Optional.of(template(path)), Map.of("X-N", template(value)), Optional.empty()));
  }

  private SourceExpression condition() {
    try {
      return SourceExpression.condition(any(CONDITIONS));
    } catch (final ExpressionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SourceExpression value(final String text) {
    try {
      return SourceExpression.value(text);
    } catch (final ExpressionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SourceTemplate template(final String text) {
    try {
      return SourceTemplate.of(text, true);
    } catch (final ExpressionException e) {
      throw new IllegalStateException(e);
    }
  }

  private String any(final List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
