package io.lockstep.scenario.plan;

import io.lockstep.scenario.plan.expression.Expression;
import io.lockstep.scenario.plan.expression.Template;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What flows compute: conditions, variables, texts. A <em>value</em> is one of those that each VU
 * of a scenario remembers, as {@link Memory} says; a <em>site</em> is the key of the random streams
 * that an expression draws from.
 *
 * @param branches by index
 * @param cases by index
 * @param assignments by index
 * @param walks by index
 * @param logs by index
 * @param requests those that have templates, in the order of the plan
 * @param checks that are conditions, in the order of the plan
 * @param measurements by index
 */
public record Logic(
    List<Branch> branches,
    List<Cases> cases,
    List<Assignment> assignments,
    List<Walk> walks,
    List<Log> logs,
    List<RequestTexts> requests,
    List<CheckCondition> checks,
    List<Measurement> measurements) {
  /** Nothing is computed. */
  public static final Logic NONE =
      new Logic(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Logic {
    branches = List.copyOf(branches);
    cases = List.copyOf(cases);
    assignments = List.copyOf(assignments);
    walks = List.copyOf(walks);
    logs = List.copyOf(logs);
    requests = List.copyOf(requests);
    checks = List.copyOf(checks);
    measurements = List.copyOf(measurements);
  }

  /** Whether anything looks at what a setup has left. */
  public boolean usesSetup() {
    final Stream<Expression> expressions =
        Stream.of(
                branches.stream().map(Branch::condition),
                cases.stream().map(Cases::subject),
                assignments.stream().map(Assignment::expression),
                walks.stream().map(Walk::items),
                checks.stream().map(CheckCondition::condition))
            .flatMap(own -> own);
    final Stream<Template> templates =
        Stream.concat(
            logs.stream().map(Log::text), requests.stream().flatMap(RequestTexts::templates));
    return expressions.anyMatch(Expression::usesSetup) || templates.anyMatch(Template::usesSetup);
  }

  /** The templates of a request, if it has any. */
  public Optional<RequestTexts> of(final int request) {
    return requests.stream().filter(texts -> texts.request() == request).findFirst();
  }

  /**
   * A condition.
   *
   * @param target program counter where it is false; {@link Flow#NONE} where it only says so
   */
  public record Branch(Expression condition, long site, int target) {}

  /**
   * One of several ways, by the text of a value; null has none.
   *
   * @param texts of the cases
   * @param targets program counters of the cases
   * @param otherwise program counter where it is none of them
   */
  public record Cases(
      Expression subject, long site, List<String> texts, LongArray targets, int otherwise) {
    public Cases {
      texts = List.copyOf(texts);
    }
  }

  /** A value is set. */
  public record Assignment(int value, Expression expression, long site) {}

  /**
   * Steps for each item of a list.
   *
   * @param items the list; null has no items
   * @param listValue value that holds the list while it is walked
   * @param indexSlot number of the present item
   * @param itemValue value that holds the present item
   * @param target program counter of the first instruction of a round
   * @param exit program counter behind the last round
   */
  public record Walk(
      Expression items,
      long site,
      int listValue,
      int indexSlot,
      int itemValue,
      int target,
      int exit) {}

  /**
   * A metric of the file gets a sample.
   *
   * @param custom index in the plan's measures
   */
  public record Measurement(int custom, Expression value, long site) {}

  /** A text for the journal. */
  public record Log(Template text, long site) {}

  /**
   * The parts of a request, each a template, constant where it is literal.
   *
   * @param request index in the plan, whose header names are this one's
   * @param headers values, in the order of the request's headers
   * @param body that before its first file, where it has files
   * @param afterFiles texts of the body behind each of its files
   * @param signing what signs it when it is sent, if anything
   */
  public record RequestTexts(
      int request,
      Text path,
      List<Text> headers,
      Text body,
      List<Text> afterFiles,
      Optional<Signing> signing) {
    public RequestTexts {
      headers = List.copyOf(headers);
      afterFiles = List.copyOf(afterFiles);
    }

    /** Whether a header tells the target which trace it is part of. */
    public boolean isTraced() {
      return headers.stream().anyMatch(header -> header.template().usesTrace());
    }

    public Stream<Template> templates() {
      return Stream.of(Stream.of(path, body), headers.stream(), afterFiles.stream())
          .flatMap(texts -> texts)
          .map(Text::template);
    }

    /** The texts of the body, one more than it has files. */
    public Stream<Text> bodyTexts() {
      return Stream.concat(Stream.of(body), afterFiles.stream());
    }

    /** Whether what is sent is not what is digested: a secret is in it, or it is signed. */
    public boolean isTainted() {
      return signing.isPresent() || templates().anyMatch(Template::isTainted);
    }
  }

  /**
   * A signature of a request, AWS Signature Version 4.
   *
   * @param accessKey names the key
   * @param secretKey signs
   */
  public record Signing(Text accessKey, Text secretKey, String region, String service) {}

  /**
   * The condition of a check.
   *
   * @param request index in the plan
   * @param check its place among the checks of the request
   */
  public record CheckCondition(int request, int check, Expression condition, long site) {}

  /** A part of a request. */
  public record Text(Template template, long site) {}
}
