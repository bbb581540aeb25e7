package io.lockstep.engine.content.json;

import io.lockstep.engine.content.response.Content;
import io.lockstep.engine.content.response.LastBody;
import io.lockstep.engine.content.value.Finder;
import io.lockstep.engine.content.value.Matches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSONPaths that one request's response is asked for; all simple ones take one pass, none where
 * the body is the one that came last.
 */
public final class JsonPaths {
  private final JsonBody body;
  private final List<String> texts = new ArrayList<>();
  private final List<Finder<Content>> finders = new ArrayList<>();
  private final List<SimplePath> simple = new ArrayList<>();
  private PathScan scan = new PathScan(List.of());
  private long scanned = -1;
  private final LastBody last = new LastBody();

  public JsonPaths(final JsonBody body) {
    this.body = body;
  }

  /**
   * Adds a path, before the first search.
   *
   * @return finds its values
   */
  public Finder<Content> add(final String path) {
    final int known = texts.indexOf(path);
    if (known >= 0) {
      return finders.get(known);
    }
    final LibraryPath library = LibraryPath.of(path);
    final Optional<SimplePath> followed =
        simple.size() < PathScan.MAX_PATHS ? SimplePath.of(path) : Optional.empty();
    final Finder<Content> finder =
        followed.map(p -> simple(p, library)).orElseGet(() -> onTree(library));
    texts.add(path);
    finders.add(finder);
    return finder;
  }

  /** Whether a path, which must be right, has one value at most. */
  public static boolean isDefinite(final String path) {
    return SimplePath.of(path)
        .map(SimplePath::isDefinite)
        .orElseGet(() -> LibraryPath.of(path).isDefinite());
  }

  private Finder<Content> simple(final SimplePath path, final LibraryPath library) {
    final int index = simple.size();
    simple.add(path);
    scan = new PathScan(simple);
    last.forget();
    final Finder<Content> fallback = onTree(library);
    return content -> {
      scan(content);
      return scan.isGivenUp(index) ? fallback.find(content) : scan.found(index);
    };
  }

  private void scan(final Content content) {
    if (scanned != content.sequence()) {
      scanned = content.sequence();
      if (!content.view().bodyComplete) {
        scan.clear();
        last.forget();
      } else if (!last.isSame(content)) {
        scan.scan(content.bytes(), content.offset(), content.length());
        last.keep(content);
      }
    }
  }

  private Finder<Content> onTree(final LibraryPath path) {
    final Matches found = new Matches();
    return content -> {
      found.clear();
      if (body.plain() != null) {
        path.find(body.plain(), found);
      }
      return found;
    };
  }
}
