package io.lockstep.engine.content.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import io.lockstep.engine.content.text.Contained;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * JSON Schema, draft 2020-12 unless a schema names another. Nothing is fetched: a reference leads
 * to the schema itself or to one of the drafts. Patterns are RE2's, which cannot hang.
 */
public final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .regularExpressionFactory(
                          pattern -> {
                            final Contained compiled = new Contained(pattern);
                            return text -> compiled.in(text);
                          })
                      .failFast(true)
                      .locale(Locale.ROOT)
                      .build()));

  private final Schema schema;

  private Schemas(final Schema schema) {
    this.schema = schema;
  }

  /** The schema that a text without faults spells. */
  public static Schemas of(final String text) {
    return new Schemas(compile(text));
  }

  private static Schema compile(final String text) {
    final Schema schema = REGISTRY.getSchema(text, InputFormat.JSON);
    schema.initializeValidators();
    return schema;
  }

  /** Whether the body is JSON that the schema allows. */
  public boolean allows(final JsonBody body) {
    final JsonNode tree = body.tree();
    if (tree == null) {
      return false;
    }
    try {
      return schema.validate(tree, OutputFormat.BOOLEAN);
    } catch (final RuntimeException | StackOverflowError e) {
      return false; // a reference that leads nowhere, or in a circle
    }
  }

  /** What is wrong with a schema, if anything. */
  static Optional<String> fault(final String text) {
    try {
      final JsonNode tree = JsonLimits.tree(text);
      final Schema meta = REGISTRY.getSchema(SchemaLocation.of(dialect(tree)));
      final Optional<String> fault =
          meta.validate(tree).stream().findFirst().map(error -> error.toString());
      if (fault.isEmpty()) {
        compile(text);
      }
      return fault;
    } catch (final JsonProcessingException e) {
      return Optional.of(e.getOriginalMessage());
    } catch (final SchemaException e) {
      if (causeOf(e) instanceof IOException) {
        return Optional.of(
            "a reference leads out of it; nothing is fetched, neither files nor addresses: put what"
                + " it refers to into `$defs`");
      }
      throw e;
    }
  }

  private static Throwable causeOf(final Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String dialect(final JsonNode schema) {
    final JsonNode named = schema.get("$schema");
    return named == null || !named.isTextual()
        ? Dialects.getDraft202012().getId()
        : named.textValue();
  }
}
