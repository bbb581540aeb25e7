package io.lockstep.scenario.language;

import io.lockstep.scenario.expression.ExpressionType;
import io.lockstep.scenario.expression.SourceExpression;
import io.lockstep.scenario.expression.SourceTemplate;
import io.lockstep.scenario.expression.TemplateType;
import io.lockstep.scenario.model.Step;
import io.lockstep.scenario.read.IntegerType;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.MapType;
import io.lockstep.scenario.read.ObjectType;
import io.lockstep.scenario.read.TextType;
import io.lockstep.scenario.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Steps that compute: conditions, variables, texts. */
final class LogicSteps {
  static final int MAX_ASSIGNMENTS = 100;
  static final int MAX_CASES = 1_000;

  private static final Key<SourceExpression> IF =
      Key.required("if", ExpressionType.CONDITION, "does some steps where this holds");
  private static final Key<List<Step>> THEN =
      Key.required("then", Steps.NESTED, "what to do where it holds");
  private static final Key<List<Step>> ELSE =
      Key.optional("else", Steps.NESTED, List.of(), "", "what to do where not; nothing by default");
  private static final Key<SourceExpression> SWITCH =
      Key.required("switch", ExpressionType.VALUE, "does the steps of the case that this is");
  private static final Key<Map<String, List<Step>>> CASES =
      Key.required(
          "cases",
          new MapType<>("cases", any -> Optional.empty(), Steps.NESTED, 1, MAX_CASES),
          "steps by the text that the value has");
  private static final Key<List<Step>> DEFAULT =
      Key.optional(
          "default", Steps.NESTED, List.of(), "", "what to do in no case; nothing by default");
  private static final Key<SourceExpression> WHILE =
      Key.required(
          "while", ExpressionType.CONDITION, "does its steps again for as long as this holds");
  private static final Key<Long> MAX =
      Key.required(
          "max",
          new IntegerType("a number of rounds", 1, Steps.MAX_TIMES),
          "rounds at most, whatever the condition says");
  private static final Key<SourceExpression> FOREACH =
      Key.required("foreach", ExpressionType.LIST, "does its steps for each item of this list");
  private static final Key<String> AS =
      Key.required(
          "as",
          new TextType("a variable's name", false, Variables::nameFault),
          "variable that holds the item");
  private static final Key<List<Step>> STEPS =
      Key.required("steps", Steps.NESTED, "what to do in each round");
  private static final Key<Map<String, SourceExpression>> SET =
      Key.required(
          "set",
          new MapType<>(
              "variables", Variables::nameFault, ExpressionType.VALUE, 1, MAX_ASSIGNMENTS),
          "sets variables, one after the other, to what expressions come to");
  private static final Key<Map<String, SourceExpression>> MEASURE =
      Key.required(
          Measuring.STEP_KEY,
          new MapType<>(
              "samples", any -> Optional.empty(), ExpressionType.VALUE, 1, Measuring.MAX_METRICS),
          "gives metrics of the file samples: numbers, and conditions for a rate");
  private static final Key<SourceTemplate> LOG =
      Key.required(
          "log", new TemplateType("a text", false), "puts a text into the journal, for `inspect`");

  private LogicSteps() {}

  static void put(final Map<String, ObjectType<? extends Step>> variants) {
    variants.put(
        "if",
        step(
            "an if", v -> new Step.If(id(v), v.get(IF), v.get(THEN), v.get(ELSE)), IF, THEN, ELSE));
    variants.put(
        "switch",
        step(
            "a switch",
            v -> new Step.Switch(id(v), v.get(SWITCH), v.get(CASES), v.get(DEFAULT)),
            SWITCH,
            CASES,
            DEFAULT));
    variants.put(
        "while",
        step(
            "a while",
            v -> new Step.While(id(v), v.get(WHILE), v.get(MAX), v.get(STEPS)),
            WHILE,
            MAX,
            STEPS));
    variants.put(
        "foreach",
        step(
            "a foreach",
            v -> new Step.ForEach(id(v), v.get(FOREACH), v.get(AS), v.get(STEPS)),
            FOREACH,
            AS,
            STEPS));
    variants.put("set", step("a set", v -> new Step.Assign(id(v), v.get(SET)), SET));
    variants.put(
        Measuring.STEP_KEY,
        step("a measure", v -> new Step.Measure(id(v), v.get(MEASURE)), MEASURE));
    variants.put("log", step("a log", v -> new Step.Log(id(v), v.get(LOG)), LOG));
  }

  /** A step with these keys, and the one that every step has. */
  private static ObjectType<Step> step(
      final String what, final Function<Values, Step> made, final Key<?>... own) {
    final List<Key<?>> keys = new ArrayList<>(List.of(own));
    keys.add(Steps.ID);
    return new ObjectType<>(what + " step", keys, made);
  }

  private static Optional<String> id(final Values v) {
    return Steps.id(v);
  }
}
