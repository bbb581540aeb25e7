package io.lockstep.scenario.language;

import io.lockstep.scenario.diagnostic.Diagnostic;
import io.lockstep.scenario.model.Simulate.RequestName;
import io.lockstep.scenario.read.Key;
import io.lockstep.scenario.read.Reading;
import io.lockstep.scenario.tree.ListNode;
import io.lockstep.scenario.tree.MapNode;
import io.lockstep.scenario.tree.Node;
import io.lockstep.scenario.tree.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of all requests in a tree, taken from the tree itself, so that they can be checked even
 * where the requests have errors.
 */
final class RequestNames {
  private static final int MAX_SUGGESTED = 200;

  private final Map<String, Set<RequestName>> requestsByName = new LinkedHashMap<>();

  /** Some of the names, for messages. */
  private final Set<String> suggested = new LinkedHashSet<>();

  private final List<Repeated> repeated = new ArrayList<>();

  private int requests;

  /** A request whose name one before it has. */
  private record Repeated(String name, int offset) {}

  /** What {@code root} has of scenarios, setup and teardown may be of a wrong type. */
  RequestNames(final MapNode root) {
    if (root.get(Scenarios.KEY_NAME) instanceof MapNode map) {
      map.entries().forEach(entry -> addWithin(entry.key(), entry.value()));
    }
    for (final Key<?> once : List.of(Once.SETUP, Once.TEARDOWN)) {
      if (root.get(once.name()) instanceof ListNode steps) {
        addWithin(once.name(), steps);
      }
    }
  }

  private void addWithin(final String scenario, final Node body) {
    if (body instanceof MapNode map) {
      for (final MapNode.Entry entry : map.entries()) {
        addEntry(scenario, entry);
      }
    } else if (body instanceof ListNode list) {
      list.items().forEach(item -> addWithin(scenario, item));
    }
  }

  /** Requests are where the keys say so, at any depth; within a request there are none. */
  private void addEntry(final String scenario, final MapNode.Entry entry) {
    if (entry.key().equals(Scenarios.REQUESTS_KEY) && entry.value() instanceof ListNode list) {
      list.items().forEach(request -> addRequest(scenario, request));
    } else if (entry.key().equals(Steps.REQUEST_KEY) && entry.value() instanceof MapNode request) {
      addRequest(scenario, request);
    } else {
      addWithin(scenario, entry.value());
    }
  }

  private void addRequest(final String scenario, final Node request) {
    requests++;
    final Optional<String> name = Requests.nameOf(request);
    name.ifPresent(n -> add(new RequestName(scenario, n), request.offset()));
  }

  private void add(final RequestName name, final int offset) {
    if (suggested.size() < MAX_SUGGESTED) {
      suggested.add(name.request());
    }
    requestsByName.computeIfAbsent(name.request(), n -> new LinkedHashSet<>()).add(name);
    if (!requestsByName.computeIfAbsent(qualified(name), n -> new LinkedHashSet<>()).add(name)) {
      repeated.add(new Repeated(name.request(), offset));
    }
  }

  private static String qualified(final RequestName name) {
    return name.scenario() + "/" + name.request();
  }

  /** Reports requests that have the name of another one of their scenario. */
  void reportRepeated(final Reading in) {
    for (final Repeated request : repeated) {
      in.conflict(
          request.offset(),
          "a request before this one is named `" + ScalarNode.shown(request.name()) + "` too",
          "give each request of a scenario its own `name`");
    }
  }

  /** How many requests there are, named or not. */
  int count() {
    return requests;
  }

  /**
   * The requests that the keys of {@code simulate.requests} mean; those of no or many are reported.
   */
  Map<String, RequestName> resolve(final Node differences, final Reading in) {
    final Map<String, RequestName> requestByKey = new HashMap<>();
    if (!(differences instanceof MapNode map) || map.entries().size() > Scenarios.MAX_REQUESTS) {
      return requestByKey;
    }
    final Map<RequestName, String> keyByRequest = new HashMap<>();
    for (final MapNode.Entry entry : map.entries()) {
      final Set<RequestName> meant = requestsByName.getOrDefault(entry.key(), Set.of());
      if (meant.isEmpty()) {
        unknown(entry, in);
      } else if (meant.size() > 1) {
        ambiguous(entry, meant, in);
      } else {
        final RequestName request = meant.iterator().next();
        requestByKey.put(entry.key(), request);
        final String other = keyByRequest.put(request, entry.key());
        if (other != null) {
          in.conflict(
              entry.keyOffset(),
              "`" + ScalarNode.shown(entry.key()) + "` is the request that `" + other + "` is too");
        }
      }
    }
    return requestByKey;
  }

  private void unknown(final MapNode.Entry entry, final Reading in) {
    in.unknown(
        Diagnostic.Kind.UNKNOWN_KEY,
        entry.keyOffset(),
        "no request is named `" + ScalarNode.shown(entry.key()) + "`",
        entry.key(),
        suggested,
        List.of());
  }

  private static void ambiguous(
      final MapNode.Entry entry, final Set<RequestName> meant, final Reading in) {
    in.conflict(
        entry.keyOffset(),
        meant.size() + " requests are named `" + ScalarNode.shown(entry.key()) + "`",
        "write one of: "
            + String.join(", ", meant.stream().limit(10).map(RequestNames::qualified).toList()));
  }
}
