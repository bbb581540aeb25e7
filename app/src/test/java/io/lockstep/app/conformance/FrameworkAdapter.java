package io.lockstep.app.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockstep.app.Invocation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.testing.framework.ClientPOJOAdapter;

/**
 * Lockstep as a client of HttpComponents' test framework: each request is a run of one VU with one
 * iteration, and the response is read out of its journal. That the run replays is for the caller to
 * see, once the framework's server is gone.
 */
final class FrameworkAdapter extends ClientPOJOAdapter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final List<String> refused = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();

  FrameworkAdapter(final Path directory) {
    this.directory = directory;
  }

  /** All runs so far. */
  List<Trial> trials() {
    return trials;
  }

  /** Why requests were not made. */
  List<String> refused() {
    return refused;
  }

  @Override
  public String getClientName() {
    return "Lockstep";
  }

  @Override
  public String checkRequestSupport(final Map<String, Object> request) {
    final Object version = request.get(PROTOCOL_VERSION);
    if (version == null || version.equals(HttpVersion.HTTP_1_1)) {
      return null;
    }
    refused.add("requests are of HTTP/1.1 and HTTP/2, not of " + version);
    return refused.get(refused.size() - 1);
  }

  @Override
  public Map<String, Object> execute(final String base, final Map<String, Object> request)
      throws IOException {
    final String id = "framework-" + trials.size();
    final Trial trial =
        Trial.run(directory, id, JSON.writeValueAsString(scenario(base, request)), 0);
    trials.add(trial);
    final Invocation inspect =
        Invocation.of(directory, "inspect", id, "--failed", "--events", "--json");
    for (final String line : inspect.out().lines().toList()) {
      final JsonNode event = JSON.readTree(line);
      if (event.has("responseHead")) {
        return response(trial, event);
      }
    }
    throw new IOException("no response in " + inspect + "\n" + trial);
  }

  /** What it asks for, with a check that no response can fulfil: such responses are shown. */
  private static ObjectNode scenario(final String base, final Map<String, Object> request) {
    final ObjectNode scenario = JSON.createObjectNode();
    scenario.put("name", "framework");
    scenario.put("target", "http://127.0.0.1:" + URI.create(base).getPort());
    scenario.putObject("record").put("bodies", "all");
    final ObjectNode all = scenario.putObject("scenarios").putObject("all");
    final ObjectNode load = all.putObject("load");
    load.put("executor", "per-vu-iterations").put("vus", 1).put("iterations", 1);
    final ArrayNode flow = all.putArray("flow");
    final ObjectNode step = flow.addObject().putObject("request");
    step.put("name", "r");
    step.put("method", (String) request.get(METHOD));
    step.put("path", "/" + request.get(PATH) + query(request));
    final ObjectNode headers = step.putObject("headers");
    map(request, HEADERS).forEach(headers::put);
    if (request.get(BODY) != null) {
      step.put("body", (String) request.get(BODY));
      headers.put("Content-Type", request.get(CONTENT_TYPE).toString());
    }
    step.putArray("checks").addObject().put("expression", "duration < 0");
    return scenario;
  }

  private static String query(final Map<String, Object> request) {
    final Map<String, String> parameters = map(request, QUERY);
    if (parameters.isEmpty()) {
      return "";
    }
    return parameters.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(final String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> map(final Map<String, Object> request, final String key) {
    final Map<String, String> map = new TreeMap<>();
    if (request.get(key) instanceof Map<?, ?> given) {
      given.forEach((name, value) -> map.put(name.toString(), value.toString()));
    }
    return map;
  }

  private static Map<String, Object> response(final Trial trial, final JsonNode event) {
    final Map<String, String> headers = new HashMap<>();
    for (final String line : event.path("responseHead").asText().lines().toList()) {
      final int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    final Map<String, Object> response = new HashMap<>();
    response.put(STATUS, status(trial));
    response.put(HEADERS, headers);
    response.put(CONTENT_TYPE, headers.get("Content-Type"));
    response.put(BODY, event.path("responseBody").asText());
    return response;
  }

  private static int status(final Trial trial) {
    for (final String line : trial.events()) {
      if (line.contains(" request_completed ")) {
        return Integer.parseInt(line.replaceAll(".* status=(\\d+).*", "$1"));
      }
    }
    throw new IllegalStateException("nothing was completed: " + trial);
  }
}
