package io.lockstep.scenario;

/** Random files that are right, for the tests of other packages. */
public final class GeneratedModel {
  private GeneratedModel() {}

  /** A file in YAML. */
  public static String yaml(final long seed) {
    return ModelPrinter.yaml(new ModelGenerator(seed).test());
  }

  /** A file in JSON. */
  public static String json(final long seed) {
    return ModelPrinter.json(new ModelGenerator(seed).test());
  }
}
