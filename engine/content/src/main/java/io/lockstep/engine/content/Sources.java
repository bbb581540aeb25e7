package io.lockstep.engine.content;

import io.lockstep.engine.content.json.JmesPaths;
import io.lockstep.engine.content.json.JsonBody;
import io.lockstep.engine.content.json.JsonPaths;
import io.lockstep.engine.content.markup.CssFinder;
import io.lockstep.engine.content.markup.Markup;
import io.lockstep.engine.content.markup.XPathFinder;
import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.text.BoundaryFinder;
import io.lockstep.engine.content.text.HeaderFinder;
import io.lockstep.engine.content.text.RegexFinder;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;
import io.lockstep.scenario.plan.ResponseSource;
import java.util.function.Function;

/** Finders for the places of a plan, all on the one response at hand. */
final class Sources {
  private final JsonBody json;
  private final Markup markup;

  Sources(final Content content) {
    json = new JsonBody(content);
    markup = new Markup(content);
  }

  JsonBody json() {
    return json;
  }

  /** The paths of one more request. */
  JsonPaths jsonPaths() {
    return new JsonPaths(json);
  }

  /** Finds the values at a place; {@code paths} are those of the request. */
  Finder<Content> finder(final ResponseSource source, final JsonPaths paths) {
    if (source instanceof ResponseSource.Json s) {
      return paths.add(s.path());
    } else if (source instanceof ResponseSource.JmesPath s) {
      return JmesPaths.finder(s.expression(), json);
    } else if (source instanceof ResponseSource.Regex s) {
      return new RegexFinder(s.pattern(), s.group());
    } else if (source instanceof ResponseSource.XPath s) {
      return new XPathFinder(s.expression(), markup);
    } else if (source instanceof ResponseSource.Css s) {
      return new CssFinder(s.selector(), s.attribute(), markup);
    } else if (source instanceof ResponseSource.Boundary s) {
      return new BoundaryFinder(s.left(), s.right());
    } else if (source instanceof ResponseSource.HeaderField s) {
      return HeaderFinder.header(s.name());
    } else if (source instanceof ResponseSource.Cookie s) {
      return HeaderFinder.cookie(s.name());
    } else if (source instanceof ResponseSource.Status) {
      return single(content -> Integer.toString(content.view().status));
    } else if (source instanceof ResponseSource.Body) {
      return single(Content::text);
    }
    throw new IllegalArgumentException("nothing finds " + source);
  }

  private static Finder<Content> single(final Function<Content, String> text) {
    final Matches found = new Matches();
    return content -> {
      found.clear();
      found.add(text.apply(content));
      return found;
    };
  }
}
