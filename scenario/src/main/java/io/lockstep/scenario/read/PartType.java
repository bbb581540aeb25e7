package io.lockstep.scenario.read;

import io.lockstep.scenario.tree.Node;

/**
 * What is to be laid over a value of another type: of its keys, none has to be there, and one may
 * be null to take it away. Lists in it are whole. Reading only checks; there is no value before it
 * is laid over something.
 *
 * @param type of the whole
 */
public record PartType(ObjectType<?> type) implements Type<Object> {
  @Override
  public Object read(final Node node, final Reading in) {
    return type.read(node, in.ofPart());
  }

  @Override
  public String expected() {
    return "some keys of " + type.expected();
  }

  @Override
  public Schema schema(final Schemas in) {
    return in.ofPart(type);
  }
}
