package io.lockstep.engine.content;

import io.lockstep.engine.content.json.JsonPaths;
import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Kind;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.engine.content.value.Typed;
import io.lockstep.engine.core.port.BodyFault;
import io.lockstep.engine.core.port.Completion;
import io.lockstep.engine.core.port.ResponseReader;
import io.lockstep.engine.core.port.ResponseView;
import io.lockstep.engine.core.port.ValueSink;
import io.lockstep.scenario.plan.Check;
import io.lockstep.scenario.plan.Extraction;
import io.lockstep.scenario.plan.Extraction.ValueType;
import io.lockstep.scenario.plan.Plan;
import io.lockstep.scenario.plan.RequestPlan;
import io.lockstep.scenario.plan.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads responses as a plan says. All queries are compiled when it is made. */
public final class ContentReader implements ResponseReader {
  private final ResponseAdapter adapter = new ResponseAdapter();
  private final Content content = new Content();
  private final Sources sources = new Sources(content);

  /** By request; {@code null} where nothing is done with the response. */
  private final Uses[] usesByRequest;

  private final Map<String, Query> queryByPath = new TreeMap<>();

  /** What is done with a request's response. */
  private record Uses(List<Extractor> extractors, List<Predicate<Content>> checks) {}

  /** A path of an expression. */
  private record Query(Finder<Content> finder, boolean definite) {}

  /**
   * A reader for a plan whose queries were found right when it was loaded.
   *
   * @throws IllegalArgumentException if a query is wrong.
   */
  public ContentReader(final Plan plan) {
    final Checker checker = new Checker(sources);
    usesByRequest = new Uses[plan.requests().size()];
    for (final RequestPlan request : plan.requests()) {
      if (!request.use().isNone()) {
        usesByRequest[request.index()] = uses(request, checker);
      }
    }
  }

  private Uses uses(final RequestPlan request, final Checker checker) {
    final JsonPaths paths = sources.jsonPaths();
    final List<Extractor> extractors = new ArrayList<>();
    for (final Extraction extraction : request.use().extractions()) {
      extractors.add(
          new Extractor(
              extractors.size(),
              extraction,
              sources.finder(extraction.source(), paths),
              Site.of("extract", request.name(), extraction.name())));
    }
    final List<Predicate<Content>> checks = new ArrayList<>();
    for (final Check check : request.use().checks()) {
      checks.add(checker.of(check.condition(), paths));
    }
    return new Uses(extractors, checks);
  }

  @Override
  public void begin(final ResponseView response) {
    content.begin(response);
  }

  @Override
  public void begin(final Completion completion) {
    content.begin(adapter.of(completion));
  }

  @Override
  public long extract(
      final int request, final long stream, final long counter, final ValueSink sink) {
    final Uses uses = usesByRequest[request];
    long missing = 0;
    if (uses != null) {
      final List<Extractor> extractors = uses.extractors();
      for (int i = 0; i < extractors.size(); i++) {
        if (!extractors.get(i).extract(content, stream, counter, sink)) {
          missing |= 1L << i;
        }
      }
    }
    return missing;
  }

  @Override
  public long check(final int request) {
    final Uses uses = usesByRequest[request];
    long failed = 0;
    if (uses != null) {
      final List<Predicate<Content>> checks = uses.checks();
      for (int i = 0; i < checks.size(); i++) {
        if (content.view().status == 0 || !checks.get(i).test(content)) {
          failed |= 1L << i;
        }
      }
    }
    return failed;
  }

  @Override
  public void json(final String path, final ValueSink sink) {
    final Query query = queryByPath.computeIfAbsent(path, this::query);
    final Matches found = query.finder().find(content);
    if (query.definite()) {
      send(found, sink);
    } else {
      final List<Object> values = new ArrayList<>(found.count());
      for (int i = 0; i < found.count(); i++) {
        if (found.kind(i) != Kind.NULL) {
          values.add(typed(found, i));
        }
      }
      sink.list(0, values);
    }
  }

  private Query query(final String path) {
    return new Query(sources.jsonPaths().add(path), JsonPaths.isDefinite(path));
  }

  private static void send(final Matches found, final ValueSink sink) {
    if (found.count() == 0 || found.kind(0) == Kind.NULL) {
      sink.nothing(0);
    } else {
      Typed.send(typed(found, 0), 0, sink);
    }
  }

  /** As JSON types it; a number is an integer where it is one of 64 bits. */
  private static Object typed(final Matches found, final int index) {
    final String text = found.text(index);
    if (found.kind(index) == Kind.BOOLEAN) {
      return Boolean.valueOf(text);
    }
    if (found.kind(index) == Kind.NUMBER) {
      for (final ValueType type : List.of(ValueType.INTEGER, ValueType.DECIMAL)) {
        final Object number = Typed.of(text, type);
        if (number != null) {
          return number;
        }
      }
    }
    return text;
  }

  @Override
  public BodyFault bodyFault() {
    return content.fault();
  }

  @Override
  public String header(final String name) {
    return content.header(name);
  }

  @Override
  public String body() {
    return content.text();
  }
}
